"""Pièce « piloter » : aujourd'hui, recherche, chiffres."""

from django.apps import AppConfig


class PiloterConfig(AppConfig):
    name = "maillage.piloter"
    label = "piloter"
    verbose_name = "Piloter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from functools import partial

        from maillage.ingenieries.filtres import FILTRES
        from maillage.piloter.bilan.filtres import FILTRES_DU_BILAN, filtre_de_missions

        for nom in FILTRES_DU_BILAN:
            FILTRES.remplir(partial(filtre_de_missions, nom), cle=nom)
