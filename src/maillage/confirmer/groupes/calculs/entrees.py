"""Ce que l'on sait de chaque structure à grouper ; ce qui manque reste vide, jamais zéro."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

RAYON_DE_LA_TERRE = 6371.0
"""Kilomètres."""


@dataclass(frozen=True, slots=True)
class Entree:
    """Une structure. `cle` la désigne partout ; `point` : (latitude, longitude) en degrés.

    `niveau` : rang de 0 (découvre) à 2 (maîtrise). `taille` : emplois, en équivalent temps plein.
    `creneaux` vide : elle n'est libre à aucun ; None : on ne sait pas.
    `attentes` et `projet` : racine → mot tel qu'écrit. `liens` : celles qu'elle a déjà côtoyées.
    """

    cle: str
    nom: str
    niveau: int | None = None
    attentes: tuple[tuple[str, str], ...] = ()
    creneaux: frozenset[str] | None = None
    point: tuple[float, float] | None = None
    lieu: str = ""
    aires: frozenset[int] = frozenset()
    secteur: str = ""
    branche: str = ""
    projet: frozenset[str] = frozenset()
    personnes: frozenset[str] = frozenset()
    taille: float | None = None
    liens: frozenset[str] = frozenset()


def kilometres(une: Entree, autre: Entree) -> float | None:
    """La distance à vol d'oiseau entre deux structures ; None si un lieu manque."""
    if une.point is None or autre.point is None:
        return None
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, p)) for p in (une.point, autre.point))
    demi = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * RAYON_DE_LA_TERRE * asin(sqrt(demi))


def peut_etre_concurrentes(une: Entree, autre: Entree) -> bool:
    """Même branche et même aire : un indice à regarder, jamais une contrainte de lui-même."""
    memes_aires = bool(une.aires & autre.aires) or bool(une.lieu and une.lieu == autre.lieu)
    return bool(une.branche and une.branche == autre.branche and memes_aires)
