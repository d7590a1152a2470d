"""Pièce « annuaire » : organisations, personnes, rattachements, structures."""

from django.apps import AppConfig


class AnnuaireConfig(AppConfig):
    name = "maillage.annuaire"
    label = "annuaire"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        """Une organisation porte un journal et des documents, pour qui en lit le dossier."""
        from maillage.annuaire import droits
        from maillage.annuaire.models import Organisation
        from maillage.annuaire.visibilite import filtre_de_dossier
        from maillage.socle.sujets import inscrire

        inscrire(
            Organisation,
            visibles_par=lambda u: Organisation.objects.filter(filtre_de_dossier(u)),
            peut_voir=droits.peut_voir,
            peut_modifier=droits.peut_modifier,
            peut_voir_interne=droits.peut_voir_interne,
        )
