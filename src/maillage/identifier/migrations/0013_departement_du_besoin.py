"""PostgreSQL porte sur chaque besoin entendu son département : de quoi compter sans jointure.

Celui du territoire dit, à défaut celui du siège de la structure (docs/decisions/0018). Trois
déclencheurs le tiennent : le besoin qui s'écrit, le siège qui change, un découpage que l'on
recharge. Personne ne l'a saisi : il n'est pas dans l'historique.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

DIRE = """
CREATE FUNCTION identifier_dire_departement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.departement_id := (
        SELECT CASE WHEN niveau = 'departement' THEN id ELSE departement_id END
        FROM territoires_territoire WHERE id = NEW.territoire_id
    );
    -- Le siège se verrouille : qui le déplace au même moment attend, puis voit ce besoin.
    IF NEW.departement_id IS NULL AND NEW.structure_id IS NOT NULL THEN
        PERFORM FROM annuaire_organisation WHERE id = NEW.structure_id FOR SHARE;
        NEW.departement_id := (
            SELECT commune.departement_id FROM annuaire_organisation o
            JOIN territoires_territoire commune ON commune.id = o.commune_id
            WHERE o.id = NEW.structure_id
        );
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signal_departement BEFORE INSERT OR UPDATE ON identifier_signal
FOR EACH ROW EXECUTE FUNCTION identifier_dire_departement();
"""
SUIVRE = """
CREATE FUNCTION identifier_suivre_siege() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE identifier_signal SET departement_id = departement_id
    WHERE structure_id IN (
        SELECT id FROM neufs AS neuf JOIN anciens AS ancien USING (id)
        WHERE neuf.commune_id IS DISTINCT FROM ancien.commune_id
    );
    RETURN NULL;
END $$;
CREATE TRIGGER signal_departement AFTER UPDATE ON annuaire_organisation
REFERENCING OLD TABLE AS anciens NEW TABLE AS neufs
FOR EACH STATEMENT EXECUTE FUNCTION identifier_suivre_siege();

-- Un découpage rechargé attend les besoins qui s'écrivent : aucun ne garde l'ancien département.
CREATE FUNCTION identifier_suivre_decoupage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changes bigint[] := array_agg(neuf.id)
        FROM neufs AS neuf JOIN anciens AS ancien USING (id)
        WHERE (neuf.niveau, neuf.departement_id)
            IS DISTINCT FROM (ancien.niveau, ancien.departement_id);
BEGIN
    IF changes IS NOT NULL THEN
        LOCK TABLE identifier_signal IN SHARE ROW EXCLUSIVE MODE;
        UPDATE identifier_signal SET departement_id = departement_id
        WHERE territoire_id = ANY(changes) OR structure_id IN (
            SELECT id FROM annuaire_organisation WHERE commune_id = ANY(changes)
        );
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER signal_departement AFTER UPDATE ON territoires_territoire
REFERENCING OLD TABLE AS anciens NEW TABLE AS neufs
FOR EACH STATEMENT EXECUTE FUNCTION identifier_suivre_decoupage();
"""
LAISSER = """
DROP TRIGGER signal_departement ON territoires_territoire;
DROP TRIGGER signal_departement ON annuaire_organisation;
DROP TRIGGER signal_departement ON identifier_signal;
DROP FUNCTION identifier_suivre_decoupage(), identifier_suivre_siege(),
    identifier_dire_departement();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("identifier", "0012_compte_du_registre"),
        ("territoires", "0001_initial"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="signal",
            name="update_update",
        ),
        migrations.AddField(
            model_name="signal",
            name="departement",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territoires.territoire",
            ),
        ),
        migrations.RunSQL(DIRE + SUIVRE, LAISSER),
        migrations.RunSQL(
            "UPDATE identifier_signal SET departement_id = departement_id", migrations.RunSQL.noop
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "identifier_signalevent" ("auteur_libelle", "auteur_organisation_id", "besoin_id", "cree_le", "date", "id", "ingenierie_id", "modifie_le", "note_par_id", "operateur_id", "partage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recherche", "secteur", "source", "structure_id", "territoire_id", "texte", "themes", "version") SELECT new_values."auteur_libelle", new_values."auteur_organisation_id", new_values."besoin_id", new_values."cree_le", new_values."date", new_values."id", new_values."ingenierie_id", new_values."modifie_le", new_values."note_par_id", new_values."operateur_id", new_values."partage", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recherche", new_values."secteur", new_values."source", new_values."structure_id", new_values."territoire_id", new_values."texte", new_values."themes", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."auteur_libelle" IS DISTINCT FROM (new_values."auteur_libelle") OR old_values."auteur_organisation_id" IS DISTINCT FROM (new_values."auteur_organisation_id") OR old_values."besoin_id" IS DISTINCT FROM (new_values."besoin_id") OR old_values."cree_le" IS DISTINCT FROM (new_values."cree_le") OR old_values."date" IS DISTINCT FROM (new_values."date") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."ingenierie_id" IS DISTINCT FROM (new_values."ingenierie_id") OR old_values."modifie_le" IS DISTINCT FROM (new_values."modifie_le") OR old_values."note_par_id" IS DISTINCT FROM (new_values."note_par_id") OR old_values."operateur_id" IS DISTINCT FROM (new_values."operateur_id") OR old_values."partage" IS DISTINCT FROM (new_values."partage") OR old_values."recherche" IS DISTINCT FROM (new_values."recherche") OR old_values."secteur" IS DISTINCT FROM (new_values."secteur") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."structure_id" IS DISTINCT FROM (new_values."structure_id") OR old_values."territoire_id" IS DISTINCT FROM (new_values."territoire_id") OR old_values."texte" IS DISTINCT FROM (new_values."texte") OR old_values."themes" IS DISTINCT FROM (new_values."themes") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9c88b398dc92701039d9e840a13e9df181d6935b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_879ae",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="identifier_signal",
                    when="AFTER",
                ),
            ),
        ),
    ]
