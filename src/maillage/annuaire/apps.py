"""Pièce « annuaire » : organisations, personnes, rattachements, structures."""

from django.apps import AppConfig


class AnnuaireConfig(AppConfig):
    name = "maillage.annuaire"
    label = "annuaire"
    verbose_name = "Annuaire"
    default_auto_field = "django.db.models.BigAutoField"
