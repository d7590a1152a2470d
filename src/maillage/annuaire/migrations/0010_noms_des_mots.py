"""Les mots d'une fiche portent aussi son nom : on les lit dans l'ordre du nom sans quitter leur table.

D'un mot que porte un quart du pays, suivre l'ordre des fiches et aller voir les mots de chacune coûtait
sept fois plus que suivre celui des mots (docs/decisions/0010).
"""

from django.db import migrations, models

_INDEXER = """
CREATE OR REPLACE FUNCTION annuaire_indexer(fiches uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO annuaire_motsdorganisation AS m (organisation_id, mots{colonne})
    SELECT o.id, array_to_tsvector(annuaire_mots(
        concat_ws(' ', o.nom_normalise, t.nom_normalise, lower(o.rna), o.siren, o.siret)
    )){valeur}
    FROM annuaire_organisation o LEFT JOIN territoires_territoire t ON t.id = o.commune_id
    WHERE o.id = ANY(fiches)
    ORDER BY o.id
    ON CONFLICT (organisation_id) DO UPDATE SET mots = EXCLUDED.mots{ecrire}
    WHERE m.mots <> EXCLUDED.mots{change};

    INSERT INTO annuaire_motduvocabulaire (mot, frequence, voisins)
    SELECT dit.mot, count(*), annuaire_voisins(dit.mot)
    FROM annuaire_organisation o LEFT JOIN territoires_territoire t ON t.id = o.commune_id,
        unnest(annuaire_mots(concat_ws(' ', o.nom_normalise, t.nom_normalise))) AS dit(mot)
    WHERE o.id = ANY(fiches) AND length(dit.mot) <= 40
        AND NOT EXISTS (SELECT FROM annuaire_motduvocabulaire v WHERE v.mot = dit.mot)
    GROUP BY dit.mot ORDER BY dit.mot
    ON CONFLICT (mot) DO NOTHING;
END $$;
"""
AVEC_LE_NOM = _INDEXER.format(
    colonne=", nom_normalise",
    valeur=", o.nom_normalise",
    ecrire=", nom_normalise = EXCLUDED.nom_normalise",
    change=" OR m.nom_normalise <> EXCLUDED.nom_normalise",
)
SANS_LE_NOM = _INDEXER.format(colonne="", valeur="", ecrire="", change="")
REPRENDRE = """
UPDATE annuaire_motsdorganisation m SET nom_normalise = o.nom_normalise
FROM annuaire_organisation o WHERE o.id = m.organisation_id
"""


class Migration(migrations.Migration):
    dependencies = [("annuaire", "0009_parts_et_emplois")]

    operations = [
        migrations.AddField(
            model_name="motsdorganisation",
            name="nom_normalise",
            field=models.CharField(default="", verbose_name="nom normalisé"),
            preserve_default=False,
        ),
        migrations.RunSQL(AVEC_LE_NOM + REPRENDRE, SANS_LE_NOM),
        migrations.AddIndex(
            model_name="motsdorganisation",
            index=models.Index(
                fields=["nom_normalise", "organisation"], name="organisation_mots_nom"
            ),
        ),
    ]
