"""Pièce « capitaliser » : la fiche, la bibliothèque, les cas publiés."""

from django.apps import AppConfig


class CapitaliserConfig(AppConfig):
    name = "maillage.capitaliser"
    label = "capitaliser"
    verbose_name = "Capitaliser"

    def ready(self) -> None:
        from maillage.capitaliser.panneaux import GESTES_D_EN_TETE, PAR_DEMARCHE
        from maillage.ingenieries.panneaux import GESTES, PANNEAUX

        for cle, panneaux in PAR_DEMARCHE.items():
            PANNEAUX.remplir(panneaux, cle=cle)
        for cle, geste in GESTES_D_EN_TETE.items():
            GESTES.remplir(geste, cle=cle)
