"""Les listes de l'accueil, côte à côte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from maillage.annuaire.perimetre import perimetre_de

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

LISTES = {
    "portefeuille": "Mon portefeuille",
    "portefeuille_equipe": "L’équipe",
    "demandes": "Demandes",
    "diagnostics": "Diagnostics",
}


EQUIPE = ("portefeuille", "portefeuille_equipe")
"""Celles qui ne s'ouvrent qu'à l'équipe d'un DLA."""


def onglets(actif: str, utilisateur: Utilisateur) -> list[dict[str, Any]]:
    """Pour `c-onglets` ; `actif` : le nom de la liste montrée."""
    equipe = bool(perimetre_de(utilisateur).operateurs)
    return [
        {"libelle": libelle, "url": reverse(f"accueillir:{nom}"), "actif": nom == actif}
        for nom, libelle in LISTES.items()
        if equipe or nom not in EQUIPE
    ]
