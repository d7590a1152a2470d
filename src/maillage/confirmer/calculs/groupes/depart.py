"""Une première répartition qui tient les effectifs."""

from __future__ import annotations

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import Blocs
from maillage.confirmer.calculs.groupes.probleme import Entiers

ESSAIS = 200


def placer(blocs: Blocs, hasard: np.random.Generator) -> Entiers | None:
    """Au hasard, les plus gros blocs d'abord ; None si aucun essai ne tient les effectifs."""
    for _ in range(ESSAIS):
        places = _essayer(blocs, hasard)
        if places is not None:
            return places
    return None


def _essayer(blocs: Blocs, hasard: np.random.Generator) -> Entiers | None:
    ordre = hasard.permutation(blocs.b)
    ordre = ordre[np.argsort(-blocs.tailles[ordre], kind="stable")]
    places = np.full(blocs.b, blocs.m)
    effectifs = np.zeros(blocs.m, dtype=np.int64)
    for bloc in ordre:
        groupe = _choisir(blocs, int(blocs.tailles[bloc]), effectifs, hasard)
        if groupe is None:
            if not blocs.dehors_permis:
                return None
            continue
        places[bloc] = groupe
        effectifs[groupe] += blocs.tailles[bloc]
    return places if (effectifs >= blocs.minima).all() else None


def _choisir(
    blocs: Blocs, taille: int, effectifs: Entiers, hasard: np.random.Generator
) -> int | None:
    """Un groupe où il manque du monde, à défaut un groupe où il reste de la place."""
    tient = effectifs + taille <= blocs.maxima
    manque = tient & (effectifs < blocs.minima)
    possibles = np.flatnonzero(manque if manque.any() else tient)
    return int(hasard.choice(possibles)) if len(possibles) else None
