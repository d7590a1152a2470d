"""Toutes les adresses, pièce par pièce."""

from django.urls import include, path

from maillage.config.connexion import AdresseDuCompte
from maillage.config.sante import sante

handler403 = "maillage.socle.refus.page_de_refus"
handler404 = "maillage.socle.refus.page_introuvable"

urlpatterns = [
    path("sante/", sante, name="sante"),
    path("compte/email/", AdresseDuCompte.as_view(), name="account_email"),
    path("compte/", include("allauth.urls")),
    path("", include("maillage.socle.urls")),
    path("composants/", include("maillage.socle.urls_composants")),
    path("", include("maillage.territoires.urls")),
    path("", include("maillage.annuaire.urls")),
    path("", include("maillage.accueillir.urls")),
    path("", include("maillage.ingenieries.urls")),
    path("", include("maillage.identifier.urls")),
    path("", include("maillage.engager.urls")),
    path("", include("maillage.confirmer.urls")),
    path("", include("maillage.finaliser.urls")),
    path("", include("maillage.capitaliser.urls")),
    path("", include("maillage.piloter.urls")),
    path("", include("maillage.portail.urls")),
]
