"""Ce que partagent les pages de l'étape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from maillage.identifier import droits
from maillage.identifier.models import Signal
from maillage.socle.requetes import Requete, lire_cles

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

CHOISIS = 200
"""Besoins que l'on peut cocher d'un coup."""


VUES = {
    "signaux": "Ce qui se dit",
    "a_coder": "À coder",
    "partages": "Partagés",
    "rapprochements": "Rapprochés",
    "problematiques": "Problématiques",
    "ciblages": "Ciblages",
}
DES_AGENTS = ("a_coder",)
"""Celles que la page refuse à qui n'est pas agent d'un DLA."""


def onglets(actif: str, utilisateur: Utilisateur) -> list[dict[str, Any]]:
    """Les vues des besoins : dits, codés, rapprochés, formulés, et les structures visées."""
    agent = bool(droits.peut_noter(utilisateur))
    return [
        {
            "libelle": libelle,
            "url": reverse(f"identifier:{nom}"),
            "actif": nom == actif,
            "compte": None,
        }
        for nom, libelle in VUES.items()
        if agent or nom not in DES_AGENTS
    ]


def fil(vue: str, libelle: str) -> list[dict[str, str]]:
    """Où je suis : la vue des besoins d'où l'on vient, puis cette page."""
    return [
        {"libelle": VUES[vue], "url": reverse(f"identifier:{vue}")},
        {"libelle": libelle, "url": ""},
    ]


def signaux_choisis(request: Requete) -> list[Signal]:
    """Les signaux cochés, parmi ceux que la personne voit ; le reste est ignoré."""
    donnees = request.POST if request.method == "POST" else request.GET
    cles = lire_cles(donnees.getlist("signaux")[:CHOISIS])
    if not cles:
        return []
    return list(Signal.objects.visibles_par(request.user).filter(pk__in=cles).pour_liste())
