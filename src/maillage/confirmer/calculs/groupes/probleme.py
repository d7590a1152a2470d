"""Le problème posé : des structures, des groupes, ce qui les rapproche, ce qui est imposé."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrice = NDArray[np.float64]
Entiers = NDArray[np.int64]
DEHORS = -1


@dataclass(frozen=True, slots=True)
class Probleme:
    """Un problème contrôlé. `affinites` est symétrique, (n, n) ; `preferences`, (n, m)."""

    affinites: Matrice
    preferences: Matrice
    minima: Entiers
    maxima: Entiers
    ensemble: tuple[tuple[int, int], ...] = ()
    incompatibles: tuple[tuple[int, int], ...] = ()
    moteurs: frozenset[int] = frozenset()
    moteur_poids: float = 0.0
    facultatif: float | None = None

    @property
    def n(self) -> int:
        return len(self.affinites)

    @property
    def m(self) -> int:
        return len(self.minima)

    def valeur(self, groupes: Sequence[int] | Entiers) -> float:
        """L'objectif d'une répartition : le groupe de chaque structure, -1 pour dehors."""
        places = np.asarray(groupes)
        total = 0.0
        for groupe in range(self.m):
            membres = np.flatnonzero(places == groupe)
            total += float(self.affinites[np.ix_(membres, membres)].sum()) / 2
            total += float(self.preferences[membres, groupe].sum())
            total += self.moteur_poids * (not self.moteurs.isdisjoint(membres.tolist()))
        return total - (self.facultatif or 0.0) * int((places == DEHORS).sum())

    def fautes(self, groupes: Sequence[int] | Entiers) -> list[str]:
        """Les contraintes qu'une répartition ne tient pas, en phrases ; vide si elle les tient."""
        places = np.asarray(groupes)
        dites = []
        for groupe, (minimum, maximum) in enumerate(zip(self.minima, self.maxima, strict=True)):
            effectif = int((places == groupe).sum())
            if not minimum <= effectif <= maximum:
                dites.append(f"groupe {groupe} : {effectif}, hors de {minimum} à {maximum}")
        for i, j in self.ensemble:
            if places[i] != places[j]:
                dites.append(f"{i} et {j} devaient être ensemble")
        for i, j in self.incompatibles:
            if places[i] == places[j] != DEHORS:
                dites.append(f"{i} et {j} ne devaient pas être ensemble")
        if self.facultatif is None and (places == DEHORS).any():
            dites.append("toutes les structures devaient être placées")
        return dites
