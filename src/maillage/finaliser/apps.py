"""Pièce « finaliser » : étape 4, séances, évaluation, résultats."""

from django.apps import AppConfig


class FinaliserConfig(AppConfig):
    name = "maillage.finaliser"
    label = "finaliser"
    verbose_name = "Finaliser"
    default_auto_field = "django.db.models.BigAutoField"
