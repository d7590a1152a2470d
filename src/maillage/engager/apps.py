"""Pièce « engager » : étape 2, partenaires, objectifs, avis, budget."""

from django.apps import AppConfig


class EngagerConfig(AppConfig):
    name = "maillage.engager"
    label = "engager"
    verbose_name = "Engager"
    default_auto_field = "django.db.models.BigAutoField"
