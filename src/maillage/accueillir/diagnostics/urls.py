"""Adresses du diagnostic partagé."""

from django.urls import path

from maillage.accueillir.diagnostics.views import atelier, relecture

DIAGNOSTIC = "diagnostics/<uuid:pk>/"
DOMAINE = f"{DIAGNOSTIC}domaines/<slug:code>/"
BESOIN = f"{DIAGNOSTIC}besoins/<uuid:besoin>/"

urlpatterns = [
    path("diagnostics/", atelier.diagnostics, name="diagnostics"),
    path("diagnostics/themes/", atelier.themes_a_proposer, name="themes"),
    path("annuaire/<uuid:structure>/diagnostic/", atelier.ouvrir, name="diagnostic_ouvrir"),
    path(DIAGNOSTIC, atelier.diagnostic, name="diagnostic"),
    path(f"{DIAGNOSTIC}retenir/", atelier.modifier, name="diagnostic_modifier"),
    path(f"{DIAGNOSTIC}forme/", atelier.forme, name="diagnostic_forme"),
    path(DOMAINE, atelier.domaine, name="domaine"),
    path(f"{DOMAINE}besoins/", atelier.besoin_ajouter, name="besoin_ajouter"),
    path(BESOIN, atelier.besoin_modifier, name="besoin_modifier"),
    path(f"{BESOIN}retirer/", atelier.besoin_retirer, name="besoin_retirer"),
    path(f"{DIAGNOSTIC}etat/<slug:verbe>/", relecture.etat, name="diagnostic_etat"),
    path(f"{DIAGNOSTIC}reponse/<slug:verbe>/", relecture.repondre, name="diagnostic_repondre"),
    path(f"{DIAGNOSTIC}consigner/", relecture.consigner, name="diagnostic_consigner"),
    path(f"{DIAGNOSTIC}comparer/<uuid:avant>/", relecture.comparer, name="diagnostic_comparer"),
    path(f"{DIAGNOSTIC}word/", relecture.word, name="diagnostic_word"),
    path(f"{DIAGNOSTIC}pdf/", relecture.pdf, name="diagnostic_pdf"),
]
