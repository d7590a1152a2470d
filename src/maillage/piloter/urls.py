"""Adresses de l'accueil et de la recherche."""

from django.urls import path

from maillage.piloter import views

app_name = "piloter"

urlpatterns = [
    path("", views.aujourdhui, name="aujourdhui"),
    path("pilotage/", views.bilan, name="bilan"),
    path("recherche/", views.recherche, name="recherche"),
]
