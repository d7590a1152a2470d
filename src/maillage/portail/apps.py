"""Pièce « portail » : les pages ouvertes par un lien personnel, sans compte."""

from django.apps import AppConfig


class PortailConfig(AppConfig):
    name = "maillage.portail"
    label = "portail"
    verbose_name = "Portail"
