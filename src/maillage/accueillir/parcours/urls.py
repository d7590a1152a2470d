"""Adresses du parcours d'accompagnement."""

from django.urls import path

from maillage.accueillir.parcours import views
from maillage.accueillir.parcours.edition import ACTION, NOTE, POINT, routes

urlpatterns = [
    path("structures/<uuid:structure>/parcours/ouvrir/", views.ouvrir, name="parcours_ouvrir"),
    path("parcours/<uuid:parcours>/", views.parcours, name="parcours"),
    path("parcours/<uuid:parcours>/en-tete/", views.modifier, name="parcours_modifier"),
    path("parcours/<uuid:parcours>/bilan/", views.bilan, name="parcours_bilan"),
    path("parcours/<uuid:parcours>/etat/<slug:verbe>/", views.etat, name="parcours_etat"),
    path("actions/<uuid:action>/etat/<slug:verbe>/", views.action_etat, name="action_etat"),
    *routes(ACTION, POINT, NOTE),
]
