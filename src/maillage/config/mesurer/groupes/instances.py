"""Les douze instances d'essai : les trois sortes de poids des jeux publiés, tirées à graine fixe.

Gallego, Laguna, Martí et Duarte (2013) : réels et entiers uniformes de 0 à 100, distances entre des
points ; groupes de même taille, ou de tailles bornées.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np

from maillage.confirmer.calculs.groupes.probleme import Matrice, Probleme

TAILLES = {30: 5, 60: 6, 120: 12}
"""Structures, et groupes à en faire."""
_COORDONNEES = 10


@dataclass(frozen=True, slots=True)
class Instance:
    """Une instance, que son nom suffit à refaire : « 60-entiers-bornees »."""

    n: int
    poids: str
    tailles: str

    @property
    def nom(self) -> str:
        return f"{self.n}-{self.poids}-{self.tailles}"

    def probleme(self) -> Probleme:
        """Toujours le même problème."""
        graine = [self.n, sorted(_POIDS).index(self.poids), self.tailles == "bornees"]
        hasard = np.random.default_rng(graine)
        groupes = TAILLES[self.n]
        moyenne = self.n // groupes
        ecart = max(1, moyenne // 5) if self.tailles == "bornees" else 0
        return Probleme(
            affinites=_symetrique(_POIDS[self.poids](hasard, self.n)),
            preferences=np.zeros((self.n, groupes)),
            minima=np.full(groupes, moyenne - ecart),
            maxima=np.full(groupes, moyenne + ecart),
        )


def _reels(hasard: np.random.Generator, n: int) -> Matrice:
    return hasard.uniform(0, 100, (n, n))


def _entiers(hasard: np.random.Generator, n: int) -> Matrice:
    return hasard.integers(0, 101, (n, n)).astype(float)


def _points(hasard: np.random.Generator, n: int) -> Matrice:
    lieux = hasard.uniform(0, 10, (n, _COORDONNEES))
    ecarts: Matrice = np.linalg.norm(lieux[:, None] - lieux, axis=2)
    return ecarts


_POIDS: dict[str, Callable[[np.random.Generator, int], Matrice]] = {
    "reels": _reels,
    "entiers": _entiers,
    "points": _points,
}
INSTANCES = tuple(
    Instance(n, poids, tailles)
    for n, (poids, tailles) in product(
        TAILLES,
        (("reels", "egales"), ("entiers", "egales"), ("points", "egales"), ("reels", "bornees")),
    )
)


def _symetrique(poids: Matrice) -> Matrice:
    haut = np.triu(poids, 1)
    return haut + haut.T
