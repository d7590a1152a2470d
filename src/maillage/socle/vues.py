"""Les réponses que donnent toutes les pièces : une liste, un formulaire rendus, un verbe joué."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from maillage.socle.exports import Export
from maillage.socle.formulaires import FormulaireDeVerbe
from maillage.socle.listes import Liste
from maillage.socle.requetes import Requete
from maillage.socle.transitions import TransitionRefusee
from maillage.socle.verrou import ConflitDeVersion


def rendre_formulaire(request: HttpRequest, gabarit: str, contexte: dict[str, Any]) -> HttpResponse:
    """Un formulaire à lire ; réaffiché après un envoi, ce n'est pas un succès (422)."""
    return render(request, gabarit, contexte, status=422 if request.method == "POST" else 200)


def rendre_liste(
    request: Requete, gabarit: str, liste: Liste, export: Export[Any], contexte: dict[str, Any]
) -> HttpResponseBase:
    """Une liste à l'écran, ou en fichier si l'adresse le demande."""
    return liste.exporter(export) or render(request, gabarit, {"liste": liste, **contexte})


def jouer(
    request: HttpRequest,
    geste: Callable[..., object],
    lecture: type[FormulaireDeVerbe] = FormulaireDeVerbe,
) -> bool:
    """Joue un verbe d'une table de transitions ; un refus ne change rien et dit pourquoi.

    `geste` reçoit par leur nom ce que `lecture` a lu de l'envoi, et `par`. Rend vrai s'il est joué.
    """
    lu = lecture(request.POST)
    refus = " ".join(str(erreur) for erreurs in lu.errors.values() for erreur in erreurs)
    if not refus:
        try:
            geste(**lu.cleaned_data, par=request.user)
        except (TransitionRefusee, ConflitDeVersion) as leve:
            refus = str(leve)
    if refus:
        messages.error(request, f"Rien n’a changé. {refus}")
    return not refus
