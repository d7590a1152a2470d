"""Pièce « accueillir » : demande, diagnostic partagé, autorisations, parcours d'accompagnement."""

from django.apps import AppConfig


class AccueillirConfig(AppConfig):
    name = "maillage.accueillir"
    label = "accueillir"
    verbose_name = "Accueillir"
