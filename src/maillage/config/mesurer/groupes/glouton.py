"""Le témoin simple : chacun là où il apporte le plus, puis des échanges tant qu'un seul gagne."""

from __future__ import annotations

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import assembler
from maillage.confirmer.calculs.groupes.etat import Etat
from maillage.confirmer.calculs.groupes.probleme import Entiers, Probleme

_MIEUX = 1e-9


def resoudre(probleme: Probleme) -> float:
    """L'objectif atteint, sans relance."""
    etat = Etat(assembler(probleme), _placer(probleme))
    sans_frein = np.zeros(probleme.n)
    while True:
        entrees = etat.entrees(sans_frein)
        echanges, deplacements = etat.echanges(entrees), etat.deplacements(entrees)
        if max(echanges.max(), deplacements.max()) <= _MIEUX:
            return probleme.valeur(etat.places)
        if echanges.max() >= deplacements.max():
            i, j = divmod(int(echanges.argmax()), probleme.n)
            etat.echanger(i, j, float(echanges[i, j]))
        else:
            i, vers = divmod(int(deplacements.argmax()), probleme.m + 1)
            etat.deplacer(i, vers, float(deplacements[i, vers]))


def _placer(probleme: Probleme) -> Entiers:
    """Dans l'ordre : d'abord les groupes où il manque du monde, au meilleur gain."""
    places = np.full(probleme.n, -1)
    for structure in range(probleme.n):
        effectifs = np.bincount(places[:structure], minlength=probleme.m)
        libres = effectifs < probleme.minima
        libres = libres if libres.any() else effectifs < probleme.maxima
        presence = places[:, None] == np.arange(probleme.m)
        gains = probleme.affinites[structure] @ presence
        places[structure] = int(np.where(libres, gains, -np.inf).argmax())
    return places
