"""Adresses des autorisations, et du geste de lecture."""

from django.urls import path

from maillage.accueillir.autorisations import views

STRUCTURE = "structures/<uuid:structure>/autorisations/"

urlpatterns = [
    path("diagnostics/ouverts/", views.ouverts, name="diagnostics_ouverts"),
    path("diagnostics/comptes/", views.comptes, name="diagnostics_comptes"),
    path(STRUCTURE, views.autorisations, name="autorisations"),
    path(f"{STRUCTURE}soustraire/", views.soustraire, name="autorisation_soustraire"),
    path(f"{STRUCTURE}lever/", views.lever, name="autorisation_lever"),
    path("diagnostics/<uuid:diagnostic>/lire/", views.lire, name="lire"),
]
