"""PostgreSQL porte sur chaque organisation ses lieux : de quoi la trouver sans jointure.

`lieux` est le chemin de la commune, à défaut la réunion des chemins des territoires d'intervention
(la règle de `annuaire.visibilite.est_dans`). Trois déclencheurs la tiennent : l'organisation qui
s'écrit, son aire d'intervention qui change, un découpage que l'on recharge.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

TENIR = """
CREATE FUNCTION annuaire_dire_lieux() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.commune_id IS NOT NULL THEN
        SELECT t.chemin INTO NEW.lieux FROM territoires_territoire t WHERE t.id = NEW.commune_id;
    ELSE
        SELECT array_agg(DISTINCT lieu ORDER BY lieu) INTO NEW.lieux
        FROM annuaire_organisation_territoires a
        JOIN territoires_territoire t ON t.id = a.territoire_id, unnest(t.chemin) AS lieu
        WHERE a.organisation_id = NEW.id;
    END IF;
    NEW.lieux := coalesce(NEW.lieux, '{}');
    RETURN NEW;
END $$;
CREATE TRIGGER organisation_lieux BEFORE INSERT OR UPDATE ON annuaire_organisation
FOR EACH ROW EXECUTE FUNCTION annuaire_dire_lieux();

-- Un découpage rechargé attend les organisations qui s'écrivent : aucune ne garde l'ancien chemin.
CREATE FUNCTION annuaire_suivre_decoupage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changes bigint[] := array_agg(neuf.id)
        FROM neufs AS neuf JOIN anciens AS ancien USING (id)
        WHERE neuf.chemin IS DISTINCT FROM ancien.chemin;
BEGIN
    IF changes IS NOT NULL THEN
        LOCK TABLE annuaire_organisation IN SHARE ROW EXCLUSIVE MODE;
        UPDATE annuaire_organisation SET lieux = lieux
        WHERE commune_id = ANY(changes) OR commune_id IS NULL AND id IN (
            SELECT organisation_id FROM annuaire_organisation_territoires
            WHERE territoire_id = ANY(changes)
        );
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER organisation_lieux AFTER UPDATE ON territoires_territoire
REFERENCING OLD TABLE AS anciens NEW TABLE AS neufs
FOR EACH STATEMENT EXECUTE FUNCTION annuaire_suivre_decoupage();
"""
# Django ajoute et retire les territoires d'intervention ; il n'en modifie pas la ligne.
AIRE = "".join(
    f"""
CREATE FUNCTION annuaire_suivre_aire_{geste}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE annuaire_organisation SET lieux = lieux
    WHERE commune_id IS NULL AND id IN (SELECT organisation_id FROM changes);
    RETURN NULL;
END $$;
CREATE TRIGGER organisation_lieux_{geste} AFTER {geste} ON annuaire_organisation_territoires
REFERENCING {table} TABLE AS changes
FOR EACH STATEMENT EXECUTE FUNCTION annuaire_suivre_aire_{geste}();
"""
    for geste, table in (("insert", "NEW"), ("delete", "OLD"))
)
LAISSER = """
DROP TRIGGER organisation_lieux_delete ON annuaire_organisation_territoires;
DROP TRIGGER organisation_lieux_insert ON annuaire_organisation_territoires;
DROP TRIGGER organisation_lieux ON territoires_territoire;
DROP TRIGGER organisation_lieux ON annuaire_organisation;
DROP FUNCTION annuaire_suivre_aire_delete(), annuaire_suivre_aire_insert(),
    annuaire_suivre_decoupage(), annuaire_dire_lieux();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annuaire", "0003_registre"),
        ("territoires", "0001_initial"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="organisation",
            name="update_update",
        ),
        migrations.AddField(
            model_name="organisation",
            name="lieux",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.RunSQL(TENIR + AIRE, LAISSER),
        migrations.RunSQL("UPDATE annuaire_organisation SET lieux = lieux", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["lieux"], name="organisation_lieux"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."agrements" IS DISTINCT FROM (NEW."agrements") OR OLD."archive" IS DISTINCT FROM (NEW."archive") OR OLD."branche" IS DISTINCT FROM (NEW."branche") OR OLD."categorie_juridique" IS DISTINCT FROM (NEW."categorie_juridique") OR OLD."commune_id" IS DISTINCT FROM (NEW."commune_id") OR OLD."courriel" IS DISTINCT FROM (NEW."courriel") OR OLD."cree_le" IS DISTINCT FROM (NEW."cree_le") OR OLD."creee_en" IS DISTINCT FROM (NEW."creee_en") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."modifie_le" IS DISTINCT FROM (NEW."modifie_le") OR OLD."natures" IS DISTINCT FROM (NEW."natures") OR OLD."nom" IS DISTINCT FROM (NEW."nom") OR OLD."nom_normalise" IS DISTINCT FROM (NEW."nom_normalise") OR OLD."nom_publie" IS DISTINCT FROM (NEW."nom_publie") OR OLD."objet" IS DISTINCT FROM (NEW."objet") OR OLD."operateur_id" IS DISTINCT FROM (NEW."operateur_id") OR OLD."rattachee_a_id" IS DISTINCT FROM (NEW."rattachee_a_id") OR OLD."rna" IS DISTINCT FROM (NEW."rna") OR OLD."secteur" IS DISTINCT FROM (NEW."secteur") OR OLD."sigle" IS DISTINCT FROM (NEW."sigle") OR OLD."siren" IS DISTINCT FROM (NEW."siren") OR OLD."siret" IS DISTINCT FROM (NEW."siret") OR OLD."site" IS DISTINCT FROM (NEW."site") OR OLD."telephone" IS DISTINCT FROM (NEW."telephone") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "annuaire_organisationevent" ("agrements", "archive", "branche", "categorie_juridique", "commune_id", "courriel", "cree_le", "creee_en", "id", "modifie_le", "natures", "nom", "nom_normalise", "nom_publie", "objet", "operateur_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rattachee_a_id", "rna", "secteur", "sigle", "siren", "siret", "site", "telephone", "version") VALUES (NEW."agrements", NEW."archive", NEW."branche", NEW."categorie_juridique", NEW."commune_id", NEW."courriel", NEW."cree_le", NEW."creee_en", NEW."id", NEW."modifie_le", NEW."natures", NEW."nom", NEW."nom_normalise", NEW."nom_publie", NEW."objet", NEW."operateur_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rattachee_a_id", NEW."rna", NEW."secteur", NEW."sigle", NEW."siren", NEW."siret", NEW."site", NEW."telephone", NEW."version"); RETURN NULL;',
                    hash="f96317bfaf1a0d0b47ca54df4bf5a818266311b4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8eacd",
                    table="annuaire_organisation",
                    when="AFTER",
                ),
            ),
        ),
    ]
