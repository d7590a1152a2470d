"""Adresses de l'accueil, du diagnostic partagé et du parcours : un sous-dossier par sujet."""

from django.urls import include, path

app_name = "accueillir"

urlpatterns = [
    path("", include("maillage.accueillir.autorisations.urls")),
    path("", include("maillage.accueillir.demandes.urls")),
    path("", include("maillage.accueillir.diagnostics.urls")),
    path("", include("maillage.accueillir.parcours.urls")),
    path("", include("maillage.accueillir.portefeuille.urls")),
]
