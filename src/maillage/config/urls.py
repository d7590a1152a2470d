"""Toutes les adresses, pièce par pièce."""

from django.urls import include, path

urlpatterns = [
    path("compte/", include("allauth.urls")),
]
