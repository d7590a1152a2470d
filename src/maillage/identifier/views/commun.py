"""Ce que partagent les pages de l'étape."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.socle.requetes import Requete

EXPORTS = ("xlsx", "csv")


def onglets(actif: str) -> list[dict[str, Any]]:
    """Les deux vues des besoins."""
    vues = {"signaux": "Ce qui se dit", "problematiques": "Problématiques"}
    return [
        {
            "libelle": libelle,
            "url": reverse(f"identifier:{nom}"),
            "actif": nom == actif,
            "compte": None,
        }
        for nom, libelle in vues.items()
    ]


def rendre(request: Requete, gabarit: str, contexte: dict[str, Any]) -> HttpResponse:
    """Un formulaire à lire, ou réaffiché avec ce qui a été tapé."""
    return render(request, gabarit, contexte, status=422 if request.method == "POST" else 200)
