"""Pièce « ingenieries » : le dossier de mission et son cycle."""

from django.apps import AppConfig


class IngenieriesConfig(AppConfig):
    name = "maillage.ingenieries"
    label = "ingenieries"
    verbose_name = "Ingénieries"
    default_auto_field = "django.db.models.BigAutoField"
