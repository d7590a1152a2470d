"""Adresses de l'annuaire."""

from django.urls import path

from maillage.annuaire import views
from maillage.annuaire.doublons import vues as doublons
from maillage.annuaire.recherche import vues as recherche
from maillage.annuaire.registre import vues as registre

app_name = "annuaire"

FICHE = "annuaire/<uuid:organisation>/"

urlpatterns = [
    path("structures/", views.structures, name="structures"),
    path("structures/chercher/", recherche.chercher, name="chercher"),
    path("structures/chercher/garder/", recherche.garder, name="garder"),
    path("structures/chercher/<uuid:recherche>/oublier/", recherche.oublier, name="oublier"),
    path("structures/reprendre/<slug:numero>/", recherche.reprendre, name="reprendre"),
    path("annuaire/", views.annuaire, name="annuaire"),
    path("annuaire/propositions/", views.propositions, name="propositions"),
    path("annuaire/ajouter/<slug:genre>/", views.ajouter, name="ajouter"),
    path("registre/", registre.registre, name="registre"),
    path("registre/liens/", registre.probables, name="liens_probables"),
    path("registre/<uuid:importation>/constats/", registre.constats, name="registre_constats"),
    path("doublons/", doublons.liste, name="doublons"),
    path("doublons/chercher/<slug:ou>/", doublons.chercher, name="doublons_chercher"),
    path("doublons/registre/", doublons.registre, name="doublons_du_registre"),
    path(
        "doublons/registre/<uuid:paire>/<slug:geste>/",
        doublons.decider_au_registre,
        name="doublon_du_registre",
    ),
    path("doublons/reunions/<uuid:cle>/", doublons.reunion, name="fusion"),
    path("doublons/reunions/<uuid:cle>/annuler/", doublons.annuler, name="fusion_annuler"),
    path("doublons/<uuid:paire>/", doublons.reunir, name="doublon"),
    path("doublons/<uuid:paire>/<slug:geste>/", doublons.decider, name="doublon_decider"),
    path(FICHE, views.fiche, name="fiche"),
    path(f"{FICHE}chronologie/", views.chronologie, name="chronologie"),
    path(f"{FICHE}modifier/", views.modifier, name="modifier"),
    path(f"{FICHE}registre/", registre.comparer, name="comparer"),
    path(f"{FICHE}chiffres/", views.chiffres, name="chiffres_ajouter"),
    path(f"{FICHE}chiffres/<int:annee>/", views.chiffres, name="chiffres_modifier"),
    path(f"{FICHE}personnes/", views.personnes, name="personnes"),
    path(f"{FICHE}personnes/<uuid:personne>/", views.personne, name="personne"),
    path(f"{FICHE}personnes/<uuid:rattachement>/revoquer/", views.revoquer, name="revoquer"),
]
