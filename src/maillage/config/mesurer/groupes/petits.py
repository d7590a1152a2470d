"""Douze structures au plus : la réponse est prouvée."""

from __future__ import annotations

import numpy as np

from maillage.config.mesurer.chiffres import Chiffre
from maillage.confirmer.calculs.groupes import Statut
from maillage.confirmer.calculs.groupes.probleme import Probleme
from maillage.confirmer.calculs.groupes.resolution import resoudre

FORMES = ((12, 2), (12, 3), (12, 4), (11, 3), (10, 2))


def mesurer() -> dict[str, Chiffre]:
    """La part des petits problèmes prouvés, et le plus long."""
    reponses = [resoudre(_tirer(n, m, graine)) for n, m in FORMES for graine in range(4)]
    prouvees = sum(r.statut is Statut.OPTIMAL for r in reponses)
    return {
        "prouvées": Chiffre(100 * prouvees / len(reponses), "%", au_moins=100),
        "la plus longue": Chiffre(round(max(r.secondes for r in reponses), 3), "s (visé : 1)"),
    }


def _tirer(n: int, m: int, graine: int) -> Probleme:
    hasard = np.random.default_rng([n, m, graine])
    poids = np.triu(hasard.uniform(-20, 100, (n, n)), 1)
    return Probleme(
        affinites=poids + poids.T,
        preferences=hasard.uniform(0, 20, (n, m)),
        minima=np.full(m, n // m - 1),
        maxima=np.full(m, -(-n // m) + 1),
    )
