"""Ce que nulle répartition ne peut dépasser : simple à vérifier, donc jamais trompeur."""

from __future__ import annotations

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import Blocs
from maillage.confirmer.calculs.groupes.probleme import Matrice


def borne_superieure(blocs: Blocs) -> float:
    """La plus basse de deux bornes.

    Par structure : au mieux, sa place préférée et la moitié de ses meilleurs liens, autant qu'un
    groupe peut avoir d'autres membres. Par paire : les meilleurs liens de tous, autant que les
    groupes peuvent contenir de paires. Les moteurs gagnés partout s'y ajoutent.
    """
    places = blocs.gains.max(axis=1) if blocs.dehors_permis else blocs.gains[:, :-1].max(axis=1)
    entraines = max(0.0, blocs.moteur_poids) * min(blocs.m, int(blocs.moteurs.sum()))
    if blocs.moteur_poids < 0 and not blocs.dehors_permis and blocs.moteurs.any():
        entraines = blocs.moteur_poids
    return float(places.sum() + min(_par_structure(blocs), _par_paire(blocs)) + entraines)


def _par_structure(blocs: Blocs) -> float:
    """Chaque bloc a au plus `max - taille` autres membres, et au moins `min - taille`."""
    liens = np.where(blocs.interdits, -np.inf, blocs.liens)
    np.fill_diagonal(liens, -np.inf)
    tries = -np.sort(-liens, axis=1)
    petit = int(blocs.tailles.min())
    total = 0.0
    for bloc in range(blocs.b):
        taille = int(blocs.tailles[bloc])
        plafond = max(0, (int(blocs.maxima.max()) - taille) // petit)
        total += _meilleurs(tries[bloc], plafond) / 2
    return total


def _par_paire(blocs: Blocs) -> float:
    haut = blocs.liens[np.triu_indices(blocs.b, 1)]
    membres = np.minimum(blocs.maxima // int(blocs.tailles.min()), blocs.b)
    return _meilleurs(-np.sort(-haut), int((membres * (membres - 1) // 2).sum()))


def _meilleurs(tries: Matrice, nombre: int) -> float:
    """La somme des `nombre` premiers, les seuls positifs : ne rien prendre est permis."""
    premiers = tries[:nombre]
    return float(premiers[premiers > 0].sum())
