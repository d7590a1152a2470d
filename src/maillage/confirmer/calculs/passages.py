"""Comparer un entonnoir à ceux de missions passées : quelle part franchit chaque palier.

Une proportion ne se calcule que de deux comptes connus, aucun déduit d'un autre.
Ce que l'on ignore n'entre pas dans la médiane, qui dit sur combien de missions elle porte.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from maillage.confirmer.calculs.entonnoir import Marche


@dataclass(frozen=True, slots=True)
class Passage:
    """D'un palier au suivant : `ici` et `mediane` sont des parts de 0 à 1, ou None si inconnues.

    `missions` : le nombre de missions passées dont cette part est connue. `personne_avant` : le
    palier précédent est compté, et vide ; il n'y a pas de part à connaître.
    """

    code: str
    ici: float | None
    mediane: float | None
    missions: int
    personne_avant: bool = False


def comparer(ici: Sequence[Marche], passees: Iterable[Sequence[Marche]]) -> tuple[Passage, ...]:
    """Un passage par palier après le premier ; tous les entonnoirs ont les mêmes paliers."""
    connues = [_parts(marches) for marches in passees]
    return tuple(
        _passage(haut, bas, [parts[rang] for parts in connues])
        for rang, (haut, bas) in enumerate(pairwise(ici))
    )


def _passage(haut: Marche, bas: Marche, passees: list[float | None]) -> Passage:
    connues = [part for part in passees if part is not None]
    mediane = median(connues) if connues else None
    return Passage(bas.code, _part(haut, bas), mediane, len(connues), haut.compte.valeur == 0)


def _parts(marches: Sequence[Marche]) -> list[float | None]:
    """La part qui passe de chaque palier au suivant."""
    return [_part(haut, bas) for haut, bas in pairwise(marches)]


def _part(haut: Marche, bas: Marche) -> float | None:
    avant, apres = haut.compte.valeur, bas.compte.valeur
    if haut.deduit or bas.deduit or not avant or apres is None or apres > avant:
        return None
    return float(apres / avant)
