"""Pièce « piloter » : aujourd'hui, recherche, chiffres."""

from django.apps import AppConfig


class PiloterConfig(AppConfig):
    name = "maillage.piloter"
    label = "piloter"
    verbose_name = "Piloter"
    default_auto_field = "django.db.models.BigAutoField"
