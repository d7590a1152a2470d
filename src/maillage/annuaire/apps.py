"""Pièce « annuaire » : organisations, personnes, rattachements, structures."""

from django.apps import AppConfig


class AnnuaireConfig(AppConfig):
    name = "maillage.annuaire"
    label = "annuaire"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        """Une organisation porte un journal, des documents et des notifications."""
        from maillage.annuaire import droits
        from maillage.annuaire.models import Organisation
        from maillage.socle.sujets import inscrire

        inscrire(
            Organisation,
            peut_voir=droits.peut_voir,
            peut_modifier=droits.peut_modifier,
            peut_voir_interne=droits.peut_voir_interne,
        )
