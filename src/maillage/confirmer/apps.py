"""Pièce « confirmer » : étape 3, structures, groupes, consultation."""

from django.apps import AppConfig


class ConfirmerConfig(AppConfig):
    name = "maillage.confirmer"
    label = "confirmer"
    verbose_name = "Confirmer"
    default_auto_field = "django.db.models.BigAutoField"
