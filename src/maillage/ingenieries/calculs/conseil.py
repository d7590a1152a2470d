"""Quel type d'ingénierie conviendrait, d'après les objectifs opérationnels de la mission.

La méthode nationale dit que ces objectifs guident le choix sans donner de table : celle-ci est la
nôtre, et `methode.ingenieries().avertissement` le dit (S3, fiche 2).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from maillage.methode.notions.preparer import Conseil


@dataclass(frozen=True, slots=True)
class Piste:
    """Un type conseillé, et les conseils qui y mènent (les plus directs d'abord)."""

    type_ingenierie: str
    raisons: tuple[str, ...]


def conseiller(objectifs: Collection[str], conseils: Sequence[Conseil]) -> tuple[Piste, ...]:
    """Les types vers lesquels penchent ces objectifs, le plus souvent cité en premier d'abord.

    `objectifs` : codes des objectifs opérationnels retenus ; les autres sont sans effet.
    """
    suivis = [c for c in conseils if c.objectif in objectifs]
    cites = {type_ for conseil in suivis for type_ in conseil.types}

    def rang(type_: str) -> tuple[int, int]:
        premiers = sum(c.types[0] == type_ for c in suivis)
        return (-premiers, -sum(type_ in c.types for c in suivis))

    return tuple(
        Piste(type_, tuple(c.libelle for c in suivis if c.types[0] == type_))
        for type_ in sorted(sorted(cites), key=rang)
    )
