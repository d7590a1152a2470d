"""Pièce « socle » : mécaniques communes, sans domaine."""

from django.apps import AppConfig


class SocleConfig(AppConfig):
    name = "maillage.socle"
    label = "socle"
    verbose_name = "Socle"
