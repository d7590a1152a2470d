"""Pièce « ingenieries » : le dossier de mission et son cycle."""

from django.apps import AppConfig


class IngenieriesConfig(AppConfig):
    name = "maillage.ingenieries"
    label = "ingenieries"
    verbose_name = "Ingénieries"

    def ready(self) -> None:
        from maillage.ingenieries import droits
        from maillage.ingenieries.models import Ingenierie
        from maillage.socle.sujets import inscrire

        inscrire(
            Ingenierie,
            peut_voir=droits.peut_voir,
            peut_modifier=droits.peut_modifier,
            peut_voir_interne=droits.peut_voir_interne,
        )
