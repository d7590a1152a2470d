"""Les adresses du produit, et la page vide à laquelle tout se compare."""

from django.shortcuts import render
from django.urls import include, path

urlpatterns = [
    path("mesures/vide/", lambda requete: render(requete, "base.html")),
    path("", include("maillage.config.urls")),
]
