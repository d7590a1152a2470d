"""Adresse de la page des composants."""

from django.urls import path

from maillage.socle.vues_composants import composants

urlpatterns = [path("", composants, name="composants")]
