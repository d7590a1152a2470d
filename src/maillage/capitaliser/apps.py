"""Pièce « capitaliser » : la fiche, la bibliothèque, les cas publiés."""

from django.apps import AppConfig


class CapitaliserConfig(AppConfig):
    name = "maillage.capitaliser"
    label = "capitaliser"
    verbose_name = "Capitaliser"

    def ready(self) -> None:
        from maillage.capitaliser.filiation import FILIATION
        from maillage.capitaliser.gabarits.adoptes import gabarit_adopte
        from maillage.capitaliser.panneaux import GESTES_D_EN_TETE, PAR_DEMARCHE
        from maillage.capitaliser.reponses import reponses
        from maillage.identifier.slots import REPONSES
        from maillage.ingenieries.mentions import MENTIONS
        from maillage.ingenieries.panneaux import GESTES, PANNEAUX
        from maillage.socle.documents.presentations import GABARITS

        for cle, panneaux in PAR_DEMARCHE.items():
            PANNEAUX.remplir(panneaux, cle=cle)
        MENTIONS.remplir(lambda: FILIATION, cle="capitaliser.filiation")
        GABARITS.remplir(gabarit_adopte, cle="capitaliser")
        REPONSES.remplir(reponses, cle="capitaliser")
        for cle, geste in GESTES_D_EN_TETE.items():
            GESTES.remplir(geste, cle=cle)
