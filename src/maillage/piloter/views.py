"""Aujourd'hui, le bilan, et chercher partout."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.accueillir.droits import peut_accueillir
from maillage.annuaire.perimetre import perimetre_de
from maillage.piloter.accueils import accueil_de
from maillage.piloter.aujourdhui import colonnes
from maillage.piloter.bilan.page import contexte
from maillage.piloter.bilan.tableur import tableur
from maillage.piloter.recherche import assez_long, chercher
from maillage.socle.requetes import Requete, lire_texte

LONGUEUR_MAXIMALE = 200


@require_safe
def aujourdhui(request: Requete) -> HttpResponse:
    """Ce qui attend, ce qui vient, ce qui bouge."""
    jour = timezone.localdate()
    contexte = {
        "jour": jour,
        "colonnes": colonnes(request.user, jour),
        "accueil": accueil_de(perimetre_de(request.user)),
        "accueillir": peut_accueillir(request.user),
    }
    return render(request, "piloter/aujourdhui.html", contexte)


@require_safe
def bilan(request: Requete) -> HttpResponseBase:
    """Ce que disent ensemble les missions de mon périmètre ; `?export=xlsx` : le tableur."""
    if request.GET.get("export") == "xlsx":
        return tableur(request)
    return render(request, "piloter/bilan.html", contexte(request))


@require_safe
def recherche(request: Requete) -> HttpResponse:
    """Cherche dans tout ce que la personne peut voir."""
    texte = lire_texte(request.GET.get("q", ""), LONGUEUR_MAXIMALE)
    contexte = {
        "q": texte,
        "groupes": chercher(request.user, texte),
        "trop_court": not assez_long(texte),
    }
    return render(request, "piloter/recherche.html", contexte)
