"""Les listes de l'accueil, côte à côte."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

LISTES = {"demandes": "Demandes", "diagnostics": "Diagnostics"}


def onglets(actif: str) -> list[dict[str, Any]]:
    """Pour `c-onglets` ; `actif` : le nom de la liste montrée."""
    return [
        {"libelle": libelle, "url": reverse(f"accueillir:{nom}"), "actif": nom == actif}
        for nom, libelle in LISTES.items()
    ]
