"""Adresses de l'accueil."""

from django.urls import path

from maillage.accueillir.demandes import views

DEMANDE = "demandes/<uuid:pk>/"

urlpatterns = [
    path("demandes/", views.demandes, name="demandes"),
    path("demandes/noter/", views.noter, name="noter"),
    path(DEMANDE, views.demande, name="demande"),
    path(f"{DEMANDE}modifier/", views.modifier, name="demande_modifier"),
    path(f"{DEMANDE}eligibilite/", views.constater, name="eligibilite"),
    path(f"{DEMANDE}reorienter/", views.reorienter, name="reorienter"),
    path(f"{DEMANDE}etat/<slug:verbe>/", views.etat, name="demande_etat"),
]
