"""PostgreSQL tient les mots des fiches à jour : une fonction calcule, des déclencheurs l'appellent.

Une écriture en lot ne refait chaque fiche qu'une fois (déclencheurs d'instruction), et une fiche
neuve se cherche dès qu'elle est écrite, faute de frappe comprise (docs/decisions/0010).
"""

from django.db import migrations

FONCTIONS = """
-- Un mot, et ce qu'il devient une lettre ôtée ; un nombre n'a pas de faute de frappe.
CREATE FUNCTION annuaire_voisins(mot text) RETURNS varchar[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN mot ~ '[0-9]' THEN '{}'
        WHEN length(mot) < 4 THEN ARRAY[mot::varchar]
        ELSE ARRAY(
            SELECT DISTINCT (left(mot, place) || substr(mot, place + 2))::varchar
            FROM generate_series(0, length(mot)) AS place
        )
    END
$$;

-- Les mots d'un texte normalisé ; « a s p t t » se cherche aussi en un mot.
CREATE FUNCTION annuaire_mots(texte text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT array_remove(string_to_array(
        texte || CASE WHEN texte ~ '\\m[a-z] [a-z]\\M'
            THEN ' ' || regexp_replace(texte, '\\m([a-z]) (?=[a-z]\\M)', '\\1', 'g') ELSE ''
        END, ' '
    ), '')
$$;

-- D'un mot fréquent, les premières entrées, qui sont les plus probables : parcourir toute la table
-- les donnerait dans n'importe quel ordre, et sans fin si peu y répondent.
CREATE FUNCTION annuaire_par_nom(question tsquery, au_plus integer) RETURNS SETOF varchar
LANGUAGE sql STABLE ROWS 100 SET enable_seqscan = off SET jit = off AS $$
    SELECT numero FROM annuaire_entreeduregistre WHERE mots @@ question LIMIT au_plus
$$;

CREATE FUNCTION annuaire_par_objet(question tsquery, racines tsquery, au_plus integer)
RETURNS SETOF varchar
LANGUAGE plpgsql STABLE ROWS 100 SET enable_seqscan = off SET jit = off AS $$
BEGIN
    IF numnode(question) = 0 THEN
        RETURN QUERY SELECT numero FROM annuaire_entreeduregistre
            WHERE objet @@ racines LIMIT au_plus;
    ELSE
        RETURN QUERY SELECT numero FROM annuaire_entreeduregistre
            WHERE mots @@ question AND objet @@ racines LIMIT au_plus;
    END IF;
END $$;

CREATE FUNCTION annuaire_indexer(fiches uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO annuaire_motsdorganisation AS m (organisation_id, mots)
    SELECT o.id, array_to_tsvector(annuaire_mots(
        concat_ws(' ', o.nom_normalise, t.nom_normalise, lower(o.rna), o.siren, o.siret)
    ))
    FROM annuaire_organisation o LEFT JOIN territoires_territoire t ON t.id = o.commune_id
    WHERE o.id = ANY(fiches)
    ORDER BY o.id
    ON CONFLICT (organisation_id) DO UPDATE SET mots = EXCLUDED.mots
    WHERE m.mots <> EXCLUDED.mots;

    INSERT INTO annuaire_motduvocabulaire (mot, frequence, voisins)
    SELECT dit.mot, count(*), annuaire_voisins(dit.mot)
    FROM annuaire_organisation o LEFT JOIN territoires_territoire t ON t.id = o.commune_id,
        unnest(annuaire_mots(concat_ws(' ', o.nom_normalise, t.nom_normalise))) AS dit(mot)
    WHERE o.id = ANY(fiches) AND length(dit.mot) <= 40
        AND NOT EXISTS (SELECT FROM annuaire_motduvocabulaire v WHERE v.mot = dit.mot)
    GROUP BY dit.mot ORDER BY dit.mot
    ON CONFLICT (mot) DO NOTHING;
END $$;

CREATE FUNCTION annuaire_fiches_ecrites() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM annuaire_indexer(array_agg(id)) FROM ecrites HAVING count(*) > 0;
    RETURN NULL;
END $$;
"""

DECLENCHEURS = "\n".join(
    f"""
CREATE TRIGGER annuaire_mots_{geste} AFTER {geste.upper()} ON annuaire_organisation
REFERENCING NEW TABLE AS ecrites
FOR EACH STATEMENT EXECUTE FUNCTION annuaire_fiches_ecrites();
"""
    for geste in ("insert", "update")
)

RETIRER = """
DROP TRIGGER annuaire_mots_insert ON annuaire_organisation;
DROP TRIGGER annuaire_mots_update ON annuaire_organisation;
DROP FUNCTION annuaire_fiches_ecrites();
DROP FUNCTION annuaire_indexer(uuid[]);
DROP FUNCTION annuaire_par_objet(tsquery, tsquery, integer);
DROP FUNCTION annuaire_par_nom(tsquery, integer);
DROP FUNCTION annuaire_mots(text);
DROP FUNCTION annuaire_voisins(text);
"""


class Migration(migrations.Migration):
    dependencies = [("annuaire", "0005_recherche")]

    operations = [
        migrations.RunSQL(FONCTIONS + DECLENCHEURS, RETIRER),
        migrations.RunSQL(
            "SELECT annuaire_indexer(array_agg(id)) FROM annuaire_organisation HAVING count(*) > 0",
            migrations.RunSQL.noop,
        ),
    ]
