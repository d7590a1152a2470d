"""Croiser deux répartitions : leurs meilleurs groupes, pris à l'une puis à l'autre.

Un bon groupe se retrouve souvent d'une bonne répartition à l'autre : l'enfant en hérite entier, et
ceux qui restent se placent où ils apportent le plus. C'est le croisement par groupes des méthodes
évolutives (Falkenauer, 1996), que Lai et Hao emploient pour ce problème.
"""

from __future__ import annotations

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import Blocs
from maillage.confirmer.calculs.groupes.probleme import Entiers, Matrice


def croiser(
    blocs: Blocs, une: Entiers, autre: Entiers, hasard: np.random.Generator
) -> Entiers | None:
    """Les places d'un enfant ; None si l'on n'a pas su y tenir les effectifs."""
    presence = _heriter(blocs, (une, autre))
    restants = np.flatnonzero(~presence.any(axis=1))
    return _completer(blocs, presence, hasard.permutation(restants))


def _heriter(blocs: Blocs, parents: tuple[Entiers, Entiers]) -> Matrice:
    """(b, m) : qui est où. Un groupe hérité va là où il vaut le plus, parmi les places vides."""
    presence = np.zeros((blocs.b, blocs.m))
    vides = np.ones(blocs.m, dtype=bool)
    libres = np.ones(blocs.b, dtype=bool)
    for rang in range(blocs.m):
        candidats = (parents[rang % 2][:, None] == np.arange(blocs.m)) & libres[:, None]
        membres = candidats[:, _valeurs(blocs, candidats).argmax()]
        tient = vides & (blocs.tailles[membres].sum() <= blocs.maxima)
        if not tient.any():
            continue
        groupe = int(np.where(tient, blocs.gains[membres, :-1].sum(axis=0), -np.inf).argmax())
        presence[membres, groupe] = 1
        vides[groupe] = False
        libres &= ~membres
    return presence


def _valeurs(blocs: Blocs, presence: np.ndarray) -> Matrice:
    """Ce que vaut chaque groupe."""
    ensemble = ((blocs.liens @ presence) * presence).sum(axis=0) / 2
    valeurs: Matrice = ensemble + (blocs.gains[:, :-1] * presence).sum(axis=0)
    return valeurs


def _completer(blocs: Blocs, presence: Matrice, restants: Entiers) -> Entiers | None:
    """Les autres, un à un, d'abord où il manque du monde."""
    effectifs = (blocs.tailles @ presence).astype(np.int64)
    for bloc in restants:
        possibles = effectifs + blocs.tailles[bloc] <= blocs.maxima
        manquent = possibles & (effectifs < blocs.minima)
        possibles = manquent if manquent.any() else possibles
        if not possibles.any():
            if not blocs.dehors_permis:
                return None
            continue
        gains = blocs.liens[bloc] @ presence + blocs.gains[bloc, :-1]
        groupe = int(np.where(possibles, gains, -np.inf).argmax())
        presence[bloc, groupe] = 1
        effectifs[groupe] += blocs.tailles[bloc]
    if (effectifs < blocs.minima).any():
        return None
    dehors = ~presence.any(axis=1)
    return np.where(dehors, blocs.m, presence.argmax(axis=1))
