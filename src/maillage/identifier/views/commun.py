"""Ce que partagent les pages de l'étape."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


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
