"""PostgreSQL tient un signal par besoin de diagnostic (docs/decisions/0017).

Trois déclencheurs d'instruction : un besoin qui s'écrit, un besoin qui change, un diagnostic dont
la date, la structure, le DLA ou l'état change. Un besoin retiré emporte son signal par Django. Le
thème du diagnostic est repris quand il change là-bas ; sinon, ce que l'on code ici reste. Les mots
ne sont jamais recopiés.
"""

from django.db import migrations

PARTAGE = """
CREATE FUNCTION identifier_partage(interne boolean, etat text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN interne THEN 'interne' WHEN etat = 'valide' THEN 'valide' ELSE 'en_cours' END
$$;
CREATE FUNCTION identifier_themes(theme text) RETURNS varchar[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN theme = '' THEN '{}' ELSE ARRAY[theme::varchar] END
$$;
"""
VERSER = """
INSERT INTO identifier_signal (
    id, cree_le, modifie_le, version, operateur_id, texte, recherche, date, source, auteur_libelle,
    structure_id, territoire_id, secteur, themes, besoin_id, partage
)
SELECT gen_random_uuid(), neuf.cree_le, neuf.modifie_le, 1, d.operateur_id, '', '', d.date,
    'diagnostics', '', d.structure_id, o.commune_id, o.secteur,
    identifier_themes(neuf.theme), neuf.id, identifier_partage(neuf.interne, d.etat)
FROM {neufs} AS neuf
JOIN accueillir_diagnostic d ON d.id = neuf.diagnostic_id
JOIN annuaire_organisation o ON o.id = d.structure_id;
"""
SUIVRE = f"""
CREATE FUNCTION identifier_besoins_ecrits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {VERSER.format(neufs="neufs")}
    RETURN NULL;
END $$;
CREATE TRIGGER identifier_besoins_ecrits AFTER INSERT ON accueillir_besoin
REFERENCING NEW TABLE AS neufs
FOR EACH STATEMENT EXECUTE FUNCTION identifier_besoins_ecrits();

CREATE FUNCTION identifier_besoins_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE identifier_signal s
    SET themes = CASE WHEN neuf.theme = ancien.theme THEN s.themes
            ELSE identifier_themes(neuf.theme) END,
        partage = identifier_partage(neuf.interne, d.etat),
        version = s.version + 1, modifie_le = now()
    FROM neufs AS neuf JOIN anciens AS ancien USING (id)
    JOIN accueillir_diagnostic d ON d.id = neuf.diagnostic_id
    WHERE s.besoin_id = neuf.id
        AND (neuf.theme, neuf.interne) IS DISTINCT FROM (ancien.theme, ancien.interne);
    RETURN NULL;
END $$;
CREATE TRIGGER identifier_besoins_changes AFTER UPDATE ON accueillir_besoin
REFERENCING OLD TABLE AS anciens NEW TABLE AS neufs
FOR EACH STATEMENT EXECUTE FUNCTION identifier_besoins_changes();

CREATE FUNCTION identifier_diagnostics_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE identifier_signal s
    SET operateur_id = neuf.operateur_id, date = neuf.date, structure_id = neuf.structure_id,
        partage = identifier_partage(b.interne, neuf.etat),
        version = s.version + 1, modifie_le = now()
    FROM neufs AS neuf JOIN anciens AS ancien USING (id)
    JOIN accueillir_besoin b ON b.diagnostic_id = neuf.id
    WHERE s.besoin_id = b.id
        AND (neuf.operateur_id, neuf.date, neuf.structure_id, neuf.etat)
        IS DISTINCT FROM (ancien.operateur_id, ancien.date, ancien.structure_id, ancien.etat);
    RETURN NULL;
END $$;
CREATE TRIGGER identifier_diagnostics_changes AFTER UPDATE ON accueillir_diagnostic
REFERENCING OLD TABLE AS anciens NEW TABLE AS neufs
FOR EACH STATEMENT EXECUTE FUNCTION identifier_diagnostics_changes();
"""
LAISSER = """
DROP TRIGGER identifier_diagnostics_changes ON accueillir_diagnostic;
DROP TRIGGER identifier_besoins_changes ON accueillir_besoin;
DROP TRIGGER identifier_besoins_ecrits ON accueillir_besoin;
DROP FUNCTION identifier_diagnostics_changes(), identifier_besoins_changes(),
    identifier_besoins_ecrits(), identifier_partage(boolean, text), identifier_themes(text);
DELETE FROM identifier_problematique_signaux WHERE signal_id IN (
    SELECT id FROM identifier_signal WHERE besoin_id IS NOT NULL
);
DELETE FROM identifier_signal WHERE besoin_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accueillir", "0004_diagnostic_precedent"),
        ("identifier", "0004_besoins_des_diagnostics"),
    ]

    operations = [
        migrations.RunSQL(PARTAGE + SUIVRE, LAISSER),
        migrations.RunSQL(VERSER.format(neufs="accueillir_besoin"), migrations.RunSQL.noop),
    ]
