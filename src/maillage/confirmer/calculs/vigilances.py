"""Ce qu'un groupe demande de surveiller, là où les données l'éclairent (S3, fiche 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from maillage.socle.mots import compter, enumerer

C = TypeVar("C")


def niveaux_ecartes(niveaux: Iterable[str]) -> str:
    """« Niveaux différents : 3 découvrent…, 1 maîtrise… » ; vide si un seul niveau est connu.

    `niveaux` : le libellé du niveau de chaque structure, vide quand il n'est pas su.
    """
    comptes = Counter(n for n in niveaux if n)
    if len(comptes) < 2:
        return ""
    detail = enumerer([f"{nombre}\u00a0× {niveau}" for niveau, nombre in comptes.most_common()])
    return f"Des niveaux différents : {detail}."


def concurrences(membres: Collection[C], paires: Iterable[tuple[C, C]]) -> Sequence[tuple[C, C]]:
    """Les paires présumées concurrentes que ce groupe réunit."""
    return [paire for paire in paires if paire[0] in membres and paire[1] in membres]


def dire_les_concurrences(paires: Sequence[tuple[str, str]]) -> str:
    """« 2 concurrences présumées : A et B ; C et D. » ; vide sans paire."""
    if not paires:
        return ""
    noms = " ; ".join(enumerer(paire) for paire in paires)
    nombre = compter(len(paires), "concurrence présumée", "concurrences présumées")
    return f"{nombre} : {noms}."
