"""Les besoins d’une région se comptent dans l’index, sans les ouvrir un à un."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accueillir", "0006_voies"),
        ("annuaire", "0010_noms_des_mots"),
        ("identifier", "0014_cumuls_des_besoins"),
        ("ingenieries", "0002_annee_dite_et_suites"),
        ("territoires", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="signal",
            name="signal_operateur_date",
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                fields=["operateur", "-date"],
                include=("partage", "structure", "departement", "secteur", "themes"),
                name="signal_operateur_comptes",
            ),
        ),
    ]
