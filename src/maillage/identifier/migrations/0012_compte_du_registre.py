"""Le registre d'une région ou du pays se compte en travail de fond ; son compte se garde."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identifier", "0011_historique_en_lot"),
    ]

    operations = [
        migrations.CreateModel(
            name="CompteDuRegistre",
            fields=[
                (
                    "recherche",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="compte_du_registre",
                        serialize=False,
                        to="identifier.recherchedeciblage",
                    ),
                ),
                ("demande", models.JSONField(default=dict)),
                (
                    "le",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="compté le"
                    ),
                ),
                ("profils", models.JSONField(default=dict)),
                ("lieux", models.JSONField(default=dict)),
                ("premieres", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "compte du registre",
                "verbose_name_plural": "comptes du registre",
            },
        ),
    ]
