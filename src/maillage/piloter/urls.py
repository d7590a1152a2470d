"""Adresses de l'accueil et de la recherche."""

from django.urls import path

from maillage.piloter import views
from maillage.piloter.charge import views as charge

app_name = "piloter"

urlpatterns = [
    path("", views.aujourdhui, name="aujourdhui"),
    path("pilotage/", views.bilan, name="bilan"),
    path("pilotage/charge/", charge.charge, name="charge"),
    path("pilotage/charge/compte/<slug:code>/", charge.compte, name="charge_compte"),
    path("pilotage/charge/objectifs/", charge.convenir, name="objectif_convenir"),
    path("pilotage/charge/objectifs/<uuid:objectif>/", charge.corriger, name="objectif_corriger"),
    path(
        "pilotage/charge/objectifs/<uuid:objectif>/retirer/",
        charge.retirer,
        name="objectif_retirer",
    ),
    path("recherche/", views.recherche, name="recherche"),
]
