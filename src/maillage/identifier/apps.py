"""Pièce « identifier » : étape 1, du signal à la problématique."""

from django.apps import AppConfig


class IdentifierConfig(AppConfig):
    name = "maillage.identifier"
    label = "identifier"
    verbose_name = "Identifier"
    default_auto_field = "django.db.models.BigAutoField"
