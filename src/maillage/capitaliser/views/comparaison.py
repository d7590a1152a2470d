"""Deux missions côte à côte ; l'adresse garde avec qui, et ce que l'on regarde."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.capitaliser import droits
from maillage.capitaliser.calculs.comparaison import comparer, seulement_ce_qui_differe
from maillage.capitaliser.comparaison import (
    Cote,
    candidates,
    comparer_les_cycles,
    cote_de_fiche,
    cote_de_mission,
    cote_en_face,
)
from maillage.socle.requetes import Requete

INTROUVABLE = (
    "Ce qui était en face n’existe pas, ou ne vous est pas ouvert : choisissez une autre mission."
)
LA_MEME = "C’est la même des deux côtés : choisissez une autre mission."


class ChoixDeComparaison(forms.Form):
    """Ce que dit l'adresse : avec qui, les mots cherchés, et ce que l'on regarde.

    Une valeur illisible ne vaut rien : la page propose alors de choisir.
    """

    q = forms.CharField(label="Mission ou fiche à mettre en face", required=False, max_length=200)
    avec = forms.UUIDField(required=False)
    ecarts = forms.BooleanField(required=False)
    points = forms.BooleanField(required=False)


@require_safe
def missions(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Cette mission, et une autre que je vois ou une fiche publiée."""
    a = cote_de_mission(request.user, ingenierie, "A")
    return _page(request, a, fiches_seules=False)


@require_safe
def fiches(request: Requete, fiche: UUID) -> HttpResponse:
    """Deux fiches de la bibliothèque."""
    return _page(request, cote_de_fiche(fiche, "A"), fiches_seules=True)


def _page(request: Requete, a: Cote, *, fiches_seules: bool) -> HttpResponse:
    adresse = ChoixDeComparaison(request.GET)
    adresse.is_valid()
    voulu: dict[str, Any] = adresse.cleaned_data
    cle = voulu.get("avec")
    b = cote_en_face(request.user, cle, fiches_seules=fiches_seules) if cle else None
    contexte: dict[str, Any] = {"a": a, "b": b, "cotes": [a, b], "adresse": adresse, "voulu": voulu}
    if b and b.cle != a.cle:
        contexte |= _comparaison(a, b, ecarts=voulu["ecarts"], points=voulu["points"])
        return render(request, "capitaliser/comparaison.html", contexte)
    mots = voulu.get("q") or ""
    contexte |= {
        "alerte": _alerte(request, b),
        "candidates": candidates(request.user, mots, sauf=a, fiches_seules=fiches_seules),
        "pourquoi": droits.POURQUOI_PUBLIEE if fiches_seules else "",
    }
    return render(request, "capitaliser/comparaison_choisir.html", contexte)


def _alerte(request: Requete, b: Cote | None) -> str:
    """Pourquoi l'adresse, qui nommait quelqu'un en face, ne mène qu'au choix."""
    if b:
        return LA_MEME
    return INTROUVABLE if request.GET.get("avec") else ""


def _comparaison(a: Cote, b: Cote, *, ecarts: bool, points: bool) -> dict[str, Any]:
    comparaison = comparer(a.fiche, b.fiche)
    cycle = None
    if a.mission and b.mission:
        cycle = comparer_les_cycles(a.mission, b.mission, timezone.localdate(), points=points)
    if ecarts:
        comparaison = comparaison.sans_le_pareil()
        cycle = cycle and [r for r in map(seulement_ce_qui_differe, cycle) if r.points]
    return {
        "comparaison": comparaison,
        "cycle": cycle,
        "avec_cycle": cycle is not None,
        "colonnes": [{"libelle": "Point"}, {"libelle": a.nom}, {"libelle": b.nom}, _CONSTAT],
        "colonnes_des_chiffres": [
            {"libelle": "Chiffre"},
            {"libelle": a.nom},
            {"libelle": b.nom},
            {"libelle": "De A à B"},
        ],
    }


_CONSTAT = {"libelle": "Constat"}
