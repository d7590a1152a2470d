"""Pièce « capitaliser » : fiches publiées et réemploi."""

from django.apps import AppConfig


class CapitaliserConfig(AppConfig):
    name = "maillage.capitaliser"
    label = "capitaliser"
    verbose_name = "Capitaliser"
    default_auto_field = "django.db.models.BigAutoField"
