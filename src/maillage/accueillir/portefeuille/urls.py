"""Adresses du portefeuille."""

from django.urls import path

from maillage.accueillir.portefeuille import views

urlpatterns = [
    path("portefeuille/", views.portefeuille, name="portefeuille"),
    path("portefeuille/equipe/", views.portefeuille_equipe, name="portefeuille_equipe"),
]
