"""Ce que tout le pays dit, compté d'avance, que PostgreSQL tient (docs/decisions/0022).

`identifier_cumul` : par sujet, thème et clé, un nombre par mois k. « structures » dit combien l'ont
dit depuis k, « lieu » et « secteur » de même par département et par secteur (la clé) ; « annee »,
combien dans les douze mois dès k ; « semestre », de k à la fin de son semestre ; « besoins »,
combien de fois depuis k. Le thème vide réunit tout, codé ou non. Seuls les besoins libres y sont.

Une structure qui l'a dit en plusieurs mois compte à chacun pour les k que le mois d'avant ne couvre
pas : +1 à ce mois, -1 à l'autre borne (`pentes`), et la somme depuis la fin donne le nombre.

Une écriture recalcule ce que disent les structures qu'elle touche, avant et après elle, et ajoute
la différence ; les écritures s'attendent, pour que la seconde lise la première.
"""

from django.db import migrations

TABLE = """
CREATE TABLE identifier_cumul (
    sujet text NOT NULL, theme text NOT NULL, cle text NOT NULL,
    debut int NOT NULL, valeurs int[] NOT NULL,
    PRIMARY KEY (sujet, theme, cle)
);
CREATE FUNCTION identifier_mois(jour date) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT extract(year FROM jour)::int * 12 + extract(month FROM jour)::int - 1
$$;
-- Le nombre d'un mois : avant le premier, celui du premier ; après le dernier, aucun.
CREATE FUNCTION identifier_au(mois int, debut int, valeurs int[]) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(valeurs[greatest(mois - debut, 0) + 1], 0)
$$;
"""

# `lignes` : chaque besoin d'avant (sens -1) et d'après (sens 1) l'écriture.
AJOUTER = """
    dits AS MATERIALIZED (
        SELECT sens, 'structures' AS sujet, theme, '' AS cle, structure_id,
            identifier_mois(date) AS mois
        FROM lignes, unnest(themes || ''::varchar) AS theme
        UNION ALL
        SELECT sens, sujet, theme, cle, structure_id, identifier_mois(date)
        FROM lignes, unnest(themes) AS theme, LATERAL (
            VALUES ('lieu', coalesce(departement_id::text, '')), ('secteur', secteur)
        ) AS axes (sujet, cle)
    ),
    pas AS (
        SELECT sens, sujet, theme, cle, mois, lag(mois) OVER (
            PARTITION BY sens, sujet, theme, cle, structure_id ORDER BY mois
        ) AS avant
        FROM (SELECT DISTINCT * FROM dits WHERE structure_id IS NOT NULL) AS distincts
    ),
    bornes AS (
        SELECT * FROM pas
        UNION ALL
        SELECT sens, autres.sujet, theme, cle, mois, greatest(avant, borne) FROM pas, LATERAL (
            VALUES ('annee', mois - 12), ('semestre', mois - mois % 6 - 1)
        ) AS autres (sujet, borne)
        WHERE pas.sujet = 'structures'
        UNION ALL
        SELECT sens, 'besoins', theme, cle, mois, NULL FROM dits WHERE sujet = 'structures'
    ),
    pentes AS MATERIALIZED (
        SELECT sujet, theme, cle, m.mois, sum(m.n) AS n
        FROM bornes, LATERAL (VALUES (mois, sens), (avant, -sens)) AS m (mois, n)
        WHERE m.mois IS NOT NULL
        GROUP BY 1, 2, 3, 4 HAVING sum(m.n) <> 0
    ),
    touches AS (
        SELECT sujet, theme, cle, ancien.debut AS depart, ancien.valeurs,
            least(min(mois), ancien.debut) AS debut,
            greatest(max(mois), ancien.debut + cardinality(ancien.valeurs) - 1) AS fin
        FROM pentes LEFT JOIN identifier_cumul AS ancien USING (sujet, theme, cle)
        GROUP BY sujet, theme, cle, ancien.debut, ancien.valeurs
    ),
    sommes AS (
        SELECT sujet, theme, cle, debut, mois,
            coalesce(identifier_au(mois, depart, valeurs), 0) + sum(coalesce(n, 0)) OVER (
                PARTITION BY sujet, theme, cle ORDER BY mois DESC
            ) AS valeur
        FROM touches CROSS JOIN LATERAL generate_series(debut, fin) AS mois
        LEFT JOIN pentes USING (sujet, theme, cle, mois)
    )
    INSERT INTO identifier_cumul (sujet, theme, cle, debut, valeurs)
    SELECT sujet, theme, cle, debut, array_agg(valeur::int ORDER BY mois)
    FROM sommes GROUP BY 1, 2, 3, 4
    ON CONFLICT (sujet, theme, cle)
    DO UPDATE SET debut = excluded.debut, valeurs = excluded.valeurs;
"""
CHAMPS = "id, structure_id, date, themes, departement_id, secteur"
REFAIRE = f"""
    WITH lignes AS MATERIALIZED (
        SELECT 1 AS sens, {CHAMPS} FROM identifier_signal WHERE partage = 'libre'
    ),
    {AJOUTER}
"""

AUCUN = "SELECT * FROM identifier_signal WHERE false"
ANCIENS, NEUFS = "OLD TABLE AS anciens", "NEW TABLE AS neufs"
GESTES = {
    "insert": (NEUFS, f"anciens AS ({AUCUN}),"),
    "update": (f"{ANCIENS} {NEUFS}", ""),
    "delete": (ANCIENS, f"neufs AS ({AUCUN}),"),
}
# Une écriture qui ne change rien de compté n'attend personne.
PAREIL = f"""
    IF NOT EXISTS (
        SELECT partage, {CHAMPS} FROM anciens EXCEPT SELECT partage, {CHAMPS} FROM neufs
    ) THEN
        RETURN NULL;
    END IF;"""


def _declencheurs() -> tuple[str, str]:
    poser, retirer = [], []
    for geste, (references, manque) in GESTES.items():
        nom = f"identifier_cumul_{geste}"
        poser.append(f"""
CREATE FUNCTION {nom}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{PAREIL if geste == "update" else ""}
    PERFORM pg_advisory_xact_lock(hashtext('identifier_cumul'));
    WITH {manque}
    apres AS MATERIALIZED (
        SELECT {CHAMPS} FROM identifier_signal
        WHERE partage = 'libre' AND structure_id IN (
            SELECT structure_id FROM anciens UNION SELECT structure_id FROM neufs
        )
        UNION ALL
        SELECT {CHAMPS} FROM neufs WHERE partage = 'libre' AND structure_id IS NULL
    ),
    lignes AS MATERIALIZED (
        SELECT 1 AS sens, {CHAMPS} FROM apres
        UNION ALL
        SELECT -1, {CHAMPS} FROM apres WHERE id NOT IN (SELECT id FROM neufs)
        UNION ALL
        SELECT -1, {CHAMPS} FROM anciens WHERE partage = 'libre'
    ),
    {AJOUTER}
    RETURN NULL;
END $$;
CREATE TRIGGER {nom} AFTER {geste.upper()} ON identifier_signal REFERENCING {references}
FOR EACH STATEMENT EXECUTE FUNCTION {nom}();
""")
        retirer.append(f"DROP TRIGGER {nom} ON identifier_signal; DROP FUNCTION {nom}();")
    return "\n".join(poser), "\n".join(retirer)


POSER, RETIRER = _declencheurs()

# Vider une table ne dit rien de ses lignes : les cumuls se vident avec les besoins.
VIDER = """
CREATE FUNCTION identifier_vider_les_cumuls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE identifier_cumul;
    RETURN NULL;
END $$;
CREATE TRIGGER identifier_vider_les_cumuls AFTER TRUNCATE ON identifier_signal
FOR EACH STATEMENT EXECUTE FUNCTION identifier_vider_les_cumuls();
"""


class Migration(migrations.Migration):
    dependencies = [("identifier", "0013_departement_du_besoin")]

    operations = [
        migrations.RunSQL(
            TABLE,
            "DROP FUNCTION identifier_au(int, int, int[]); DROP FUNCTION identifier_mois(date);"
            "DROP TABLE identifier_cumul;",
        ),
        migrations.RunSQL(POSER, RETIRER),
        migrations.RunSQL(
            VIDER,
            "DROP TRIGGER identifier_vider_les_cumuls ON identifier_signal;"
            "DROP FUNCTION identifier_vider_les_cumuls();",
        ),
        migrations.RunSQL(REFAIRE, migrations.RunSQL.noop),
    ]
