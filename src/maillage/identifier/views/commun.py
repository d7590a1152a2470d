"""Ce que partagent les pages de l'étape."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from maillage.identifier.models import Signal
from maillage.socle.requetes import Requete

CHOISIS = 200
"""Besoins que l'on peut cocher d'un coup."""


def onglets(actif: str) -> list[dict[str, Any]]:
    """Les vues des besoins : dits, codés, rapprochés, formulés, et les structures visées."""
    vues = {
        "signaux": "Ce qui se dit",
        "a_coder": "À coder",
        "partages": "Besoins partagés",
        "rapprochements": "Rapprochements",
        "problematiques": "Problématiques",
        "ciblages": "Ciblages",
    }
    return [
        {
            "libelle": libelle,
            "url": reverse(f"identifier:{nom}"),
            "actif": nom == actif,
            "compte": None,
        }
        for nom, libelle in vues.items()
    ]


def signaux_choisis(request: Requete) -> list[Signal]:
    """Les signaux cochés, parmi ceux que la personne voit ; le reste est ignoré."""
    donnees = request.POST if request.method == "POST" else request.GET
    cles = [cle for brut in donnees.getlist("signaux")[:CHOISIS] if (cle := lire_cle(brut))]
    if not cles:
        return []
    return list(Signal.objects.visibles_par(request.user).filter(pk__in=cles).pour_liste())


def lire_cle(brut: str) -> UUID | None:
    """L'identifiant écrit dans une adresse ou un envoi ; None s'il n'en est pas un."""
    try:
        return UUID(brut)
    except ValueError:
        return None
