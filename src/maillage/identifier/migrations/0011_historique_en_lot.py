"""L'historique des besoins entendus s'écrit par instruction, et non ligne à ligne.

Verser vingt mille besoins de diagnostics prenait vingt-cinq secondes ; le reste en prend une.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("identifier", "0010_entendus_en_mission"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="signal",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="signal",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="signal",
            name="delete_delete",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "identifier_signalevent" ("auteur_libelle", "auteur_organisation_id", "besoin_id", "cree_le", "date", "id", "ingenierie_id", "modifie_le", "note_par_id", "operateur_id", "partage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recherche", "secteur", "source", "structure_id", "territoire_id", "texte", "themes", "version") SELECT new_values."auteur_libelle", new_values."auteur_organisation_id", new_values."besoin_id", new_values."cree_le", new_values."date", new_values."id", new_values."ingenierie_id", new_values."modifie_le", new_values."note_par_id", new_values."operateur_id", new_values."partage", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recherche", new_values."secteur", new_values."source", new_values."structure_id", new_values."territoire_id", new_values."texte", new_values."themes", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4c188df63c51a446335943d910d7a19228451019",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f5957",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="identifier_signal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "identifier_signalevent" ("auteur_libelle", "auteur_organisation_id", "besoin_id", "cree_le", "date", "id", "ingenierie_id", "modifie_le", "note_par_id", "operateur_id", "partage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recherche", "secteur", "source", "structure_id", "territoire_id", "texte", "themes", "version") SELECT new_values."auteur_libelle", new_values."auteur_organisation_id", new_values."besoin_id", new_values."cree_le", new_values."date", new_values."id", new_values."ingenierie_id", new_values."modifie_le", new_values."note_par_id", new_values."operateur_id", new_values."partage", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recherche", new_values."secteur", new_values."source", new_values."structure_id", new_values."territoire_id", new_values."texte", new_values."themes", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b3bbdea6d1654be093a9ccde99483056f1d6757c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_879ae",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="identifier_signal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "identifier_signalevent" ("auteur_libelle", "auteur_organisation_id", "besoin_id", "cree_le", "date", "id", "ingenierie_id", "modifie_le", "note_par_id", "operateur_id", "partage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recherche", "secteur", "source", "structure_id", "territoire_id", "texte", "themes", "version") SELECT old_values."auteur_libelle", old_values."auteur_organisation_id", old_values."besoin_id", old_values."cree_le", old_values."date", old_values."id", old_values."ingenierie_id", old_values."modifie_le", old_values."note_par_id", old_values."operateur_id", old_values."partage", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recherche", old_values."secteur", old_values."source", old_values."structure_id", old_values."territoire_id", old_values."texte", old_values."themes", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f6eed57f15467872f89546c254219b9718608fe9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ae7f8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="identifier_signal",
                    when="AFTER",
                ),
            ),
        ),
    ]
