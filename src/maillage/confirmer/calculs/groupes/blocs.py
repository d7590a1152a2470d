"""Ce qui doit rester ensemble ne fait qu'un : les structures liées deviennent un bloc.

La recherche et la preuve travaillent sur les blocs ; un bloc seul est une structure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillage.confirmer.calculs.groupes.probleme import DEHORS, Entiers, Matrice, Probleme


@dataclass(frozen=True, slots=True)
class Blocs:
    """Un problème où chaque bloc se place d'un tenant.

    `gains` (b, m + 1) est ce que vaut un bloc dans chaque groupe, la dernière colonne étant
    dehors ; `liens` (b, b), ce que deux blocs valent ensemble ; `interdits`, qui s'évitent.
    """

    de: Entiers
    tailles: Entiers
    liens: Matrice
    gains: Matrice
    interdits: np.ndarray
    moteurs: np.ndarray
    moteur_poids: float
    minima: Entiers
    maxima: Entiers
    dehors_permis: bool

    @property
    def b(self) -> int:
        return len(self.tailles)

    @property
    def m(self) -> int:
        return len(self.minima)

    @property
    def impossibles(self) -> bool:
        """Vrai si deux structures d'un même bloc s'évitent."""
        return bool(self.interdits.diagonal().any())

    def deplier(self, places: Entiers) -> list[int]:
        """Le groupe de chaque structure, -1 pour dehors."""
        groupes = places[self.de]
        return [DEHORS if g == self.m else int(g) for g in groupes]


def assembler(probleme: Probleme) -> Blocs:
    """Les blocs d'un problème."""
    de = _composantes(probleme)
    nombre = int(de.max()) + 1
    appartenance = np.zeros((probleme.n, nombre))
    appartenance[np.arange(probleme.n), de] = 1
    liens = appartenance.T @ probleme.affinites @ appartenance
    internes = liens.diagonal() / 2
    tailles = appartenance.sum(axis=0).astype(np.int64)
    gains = np.empty((nombre, probleme.m + 1))
    gains[:, :-1] = appartenance.T @ probleme.preferences + internes[:, None]
    gains[:, -1] = -(probleme.facultatif or 0.0) * tailles
    np.fill_diagonal(liens, 0)
    interdits = np.zeros((nombre, nombre), dtype=bool)
    for i, j in probleme.incompatibles:
        interdits[de[i], de[j]] = interdits[de[j], de[i]] = True
    moteurs = np.zeros(nombre, dtype=bool)
    moteurs[de[sorted(probleme.moteurs)]] = True
    return Blocs(
        de=de,
        tailles=tailles,
        liens=liens,
        gains=gains,
        interdits=interdits,
        moteurs=moteurs,
        moteur_poids=probleme.moteur_poids,
        minima=probleme.minima,
        maxima=probleme.maxima,
        dehors_permis=probleme.facultatif is not None,
    )


def _composantes(probleme: Probleme) -> Entiers:
    """Le bloc de chaque structure, numéroté dans l'ordre de sa première."""
    chef = list(range(probleme.n))

    def racine(i: int) -> int:
        while chef[i] != i:
            chef[i] = chef[chef[i]]
            i = chef[i]
        return i

    for i, j in probleme.ensemble:
        a, b = sorted((racine(i), racine(j)))
        chef[b] = a
    rangs: dict[int, int] = {}
    return np.array([rangs.setdefault(racine(i), len(rangs)) for i in range(probleme.n)])
