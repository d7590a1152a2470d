"""Une répartition existe-t-elle ? Essais avec retour, le bloc le plus contraint d'abord."""

from __future__ import annotations

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import Blocs
from maillage.confirmer.calculs.groupes.probleme import Entiers

PAS_AU_PLUS = 20_000


class Indecis(Exception):
    """Trop d'essais : on ne sait pas dire s'il existe une répartition."""


def repartir(blocs: Blocs) -> Entiers | None:
    """Une répartition qui tient toutes les contraintes, None s'il n'y en a pas.

    Lève `Indecis` après `PAS_AU_PLUS` essais.
    """
    return _Essais(blocs).mener()


class _Essais:
    """Les blocs placés, les places restantes, et le nombre de pas."""

    def __init__(self, blocs: Blocs) -> None:
        self.blocs = blocs
        self.places = np.full(blocs.b, -1)
        self.effectifs = np.zeros(blocs.m, dtype=np.int64)
        self.reste = int(blocs.tailles.sum())
        self.pas = 0

    def mener(self) -> Entiers | None:
        return self.places if self._suivre() else None

    def _suivre(self) -> bool:
        self.pas += 1
        if self.pas > PAS_AU_PLUS:
            raise Indecis
        if np.maximum(self.blocs.minima - self.effectifs, 0).sum() > self.reste:
            return False
        if (self.places >= 0).all():
            return True
        ouverts = self._ouverts()
        bloc = self._plus_contraint(ouverts)
        return any(self._essayer(bloc, g) for g in self._distincts(ouverts[bloc])) or (
            self.blocs.dehors_permis and self._essayer(bloc, self.blocs.m)
        )

    def _ouverts(self) -> np.ndarray:
        """(b, m) : où chaque bloc tient encore, sans heurter personne."""
        presents = np.zeros((self.blocs.b, self.blocs.m), dtype=bool)
        places = self.places
        ranges = np.flatnonzero((places >= 0) & (places < self.blocs.m))
        presents[ranges, places[ranges]] = True
        heurts = (self.blocs.interdits.astype(np.int64) @ presents) > 0
        heurts[self.blocs.interdits.diagonal()] = True
        tient = self.effectifs + self.blocs.tailles[:, None] <= self.blocs.maxima
        return tient & ~heurts

    def _plus_contraint(self, ouverts: np.ndarray) -> int:
        """Parmi ceux à placer : peu de groupes ouverts, puis gros, puis beaucoup d'interdits."""
        a_placer = np.flatnonzero(self.places < 0)
        rang = np.lexsort(
            (
                -self.blocs.interdits[a_placer].sum(axis=1),
                -self.blocs.tailles[a_placer],
                ouverts[a_placer].sum(axis=1),
            )
        )
        return int(a_placer[rang[0]])

    def _distincts(self, ouverts: np.ndarray) -> list[int]:
        """Les groupes ouverts, un seul parmi les groupes vides de mêmes effectifs."""
        vus: set[tuple[int, int]] = set()
        gardes = []
        for groupe in np.flatnonzero(ouverts):
            borne = (int(self.blocs.minima[groupe]), int(self.blocs.maxima[groupe]))
            if not self.effectifs[groupe]:
                if borne in vus:
                    continue
                vus.add(borne)
            gardes.append(int(groupe))
        return gardes

    def _essayer(self, bloc: int, groupe: int) -> bool:
        taille = int(self.blocs.tailles[bloc])
        self.places[bloc] = groupe
        self.reste -= taille
        if groupe < self.blocs.m:
            self.effectifs[groupe] += taille
        if self._suivre():
            return True
        if groupe < self.blocs.m:
            self.effectifs[groupe] -= taille
        self.reste += taille
        self.places[bloc] = -1
        return False
