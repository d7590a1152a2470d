"""Les adresses du produit, et une page ordinaire qui demande d'être connecté."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from maillage.config.urls import urlpatterns as adresses


def interieur(requete: HttpRequest) -> HttpResponse:
    return HttpResponse("dedans")


urlpatterns = [*adresses, path("interieur/", interieur)]
