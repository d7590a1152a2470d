"""Petits problèmes tirés au sort, et leur réponse par essai de tout."""

from __future__ import annotations

from itertools import product

import numpy as np

from maillage.confirmer.calculs.groupes.probleme import Probleme


def pur(n: int, m: int, graine: int) -> Probleme:
    """Poids uniformes, groupes égaux, aucune contrainte de plus."""
    haut = np.triu(np.random.default_rng(graine).uniform(0, 100, (n, n)), 1)
    tailles = np.full(m, n // m)
    return Probleme(haut + haut.T, np.zeros((n, m)), tailles, tailles)


def tire(graine: int) -> Probleme:
    """De trois à six structures, et un peu de tout : préférences, contraintes, moteurs, dehors."""
    hasard = np.random.default_rng(graine)
    n, m = int(hasard.integers(3, 7)), int(hasard.integers(1, 4))
    haut = np.triu(hasard.integers(-5, 10, (n, n)), 1).astype(float)
    minima = hasard.integers(0, 3, m)

    def paires(nombre: int) -> tuple[tuple[int, int], ...]:
        tirees = (sorted(hasard.choice(n, 2, replace=False).tolist()) for _ in range(nombre))
        return tuple({(i, j) for i, j in tirees})

    return Probleme(
        affinites=haut + haut.T,
        preferences=hasard.integers(-3, 4, (n, m)).astype(float),
        minima=minima,
        maxima=minima + hasard.integers(0, 5, m),
        ensemble=paires(int(hasard.integers(0, 2))),
        incompatibles=paires(int(hasard.integers(0, 3))),
        moteurs=frozenset(hasard.choice(n, int(hasard.integers(0, 3)), replace=False).tolist()),
        moteur_poids=float(hasard.integers(-3, 6)),
        facultatif=None if hasard.random() < 0.5 else float(hasard.integers(-2, 5)),
    )


def meilleure_valeur(probleme: Probleme) -> float | None:
    """L'optimum par essai de toutes les répartitions, ou None si aucune ne tient."""
    premier = 0 if probleme.facultatif is None else -1
    tenables = (
        probleme.valeur(groupes)
        for groupes in product(range(premier, probleme.m), repeat=probleme.n)
        if not probleme.fautes(groupes)
    )
    return max(tenables, default=None)
