"""Une répartition et tout ce que vaudrait chaque échange, chaque déplacement.

`contributions[g, i]` est ce que vaudrait le bloc i dans le groupe g (ligne m : dehors) ;
`entrees[g, i]`, ce qu'il gagnerait à y entrer. Échanger i (de a) et j (de b) fait gagner

    entrees[b, i] + entrees[a, j] - 2 w[i, j]

ce que numpy évalue pour toutes les paires d'un coup, chacun prenant la ligne de son groupe.
"""

from __future__ import annotations

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import Blocs
from maillage.confirmer.calculs.groupes.probleme import Entiers, Matrice

INTERDIT = -1e300


class Etat:
    """L'état d'une recherche ; `valeur` compte une peine par paire qui devait s'éviter."""

    def __init__(self, blocs: Blocs, places: Entiers) -> None:
        self.blocs = blocs
        self.rangs = np.arange(blocs.b)
        self.dehors = blocs.m
        self.frein = peine = _peine(blocs)
        heurtes = blocs.interdits.diagonal()
        self.liens = blocs.liens - peine * (blocs.interdits & ~np.diag(heurtes))
        self.seuls = blocs.gains.copy()
        self.seuls[heurtes, :-1] -= peine
        self.doubles = 2 * self.liens
        self.memes_tailles = bool((blocs.tailles == blocs.tailles[0]).all())
        self.minima = np.append(blocs.minima, 0)
        self.maxima = np.append(blocs.maxima, blocs.tailles.sum() if blocs.dehors_permis else 0)
        self.figes = bool((self.minima == self.maxima).all())
        self.croises = np.empty((blocs.b, blocs.b))
        self.gains = np.empty((blocs.b, blocs.b))
        self.poser(places)

    def poser(self, places: Entiers) -> None:
        """Recompte tout d'une répartition : les erreurs d'arrondi ne s'accumulent pas."""
        blocs = self.blocs
        self.places = places.copy()
        presence = np.zeros((blocs.m + 1, blocs.b))
        presence[places, self.rangs] = 1
        presence[blocs.m] = 0
        voisins = presence @ self.liens
        self.contributions = voisins + self.seuls.T
        self.effectifs = np.bincount(places, blocs.tailles, blocs.m + 1).astype(np.int64)
        self.entraineurs = np.bincount(places[blocs.moteurs], minlength=blocs.m + 1)
        seuls = self.seuls[self.rangs, places].sum()
        ensemble = voisins[places, self.rangs].sum() / 2
        entraines = blocs.moteur_poids * int((self.entraineurs[:-1] > 0).sum())
        self.valeur = float(seuls + ensemble + entraines)

    # --- ce que chaque coup fait gagner -----------------------------------------------

    def entrees(self, freins: Matrice) -> Matrice:
        """(m + 1, b) : ce que chaque bloc gagnerait dans chaque groupe, moins son frein.

        `INTERDIT` là où il est déjà.
        """
        sieges = self.places * self.blocs.b + self.rangs
        entrees = self.contributions - (self.contributions.take(sieges) + freins)
        entrees.put(sieges, INTERDIT)
        return entrees

    def echanges(self, entrees: Matrice) -> Matrice:
        """(b, b) : le gain de chaque échange ; `INTERDIT`, ou moins, quand il n'est pas permis.

        Le tableau est réemployé au coup suivant.
        """
        croises = entrees.take(self.places, axis=0, out=self.croises, mode="clip")
        if self.blocs.dehors_permis:  # avec un absent, le lien ne se perd qu'une fois
            absents = self.places == self.dehors
            croises[absents] += self.liens[absents]
        gains = np.add(croises, croises.T, out=self.gains)
        gains -= self.doubles
        if self.blocs.moteur_poids:
            gains += self._entrain_des_echanges()
        if not self.memes_tailles:
            gains[~self._echanges_permis()] = INTERDIT
        return gains

    def deplacements(self, entrees: Matrice) -> Matrice:
        """(b, m + 1) : le gain de chaque déplacement ; `INTERDIT` quand il n'est pas permis."""
        tailles, places = self.blocs.tailles, self.places
        if self.blocs.moteur_poids:
            gagne, perdu = self._entrain()
            entrees = entrees + self.blocs.moteurs * (gagne[:, None] - perdu[places])
        part = (self.effectifs - self.minima)[places] >= tailles
        entre = (self.maxima - self.effectifs)[:, None] >= tailles
        return np.where(part & entre, entrees, INTERDIT).T

    def _echanges_permis(self) -> np.ndarray:
        tailles, places = self.blocs.tailles, self.places
        apres = self.effectifs[places][:, None] - tailles[:, None] + tailles
        tient = (apres >= self.minima[places][:, None]) & (apres <= self.maxima[places][:, None])
        return tient & tient.T

    def deplacement_permis(self, bloc: int, vers: int) -> bool:
        """La même règle, pour un seul déplacement."""
        depuis, taille = self.places[bloc], self.blocs.tailles[bloc]
        return bool(
            depuis != vers
            and self.effectifs[depuis] - taille >= self.minima[depuis]
            and self.effectifs[vers] + taille <= self.maxima[vers]
        )

    def _entrain(self) -> tuple[Matrice, Matrice]:
        """Par groupe : ce qu'un moteur y fait gagner en entrant, perdre en sortant."""
        poids = np.full(self.blocs.m + 1, self.blocs.moteur_poids)
        poids[-1] = 0
        return poids * (self.entraineurs == 0), poids * (self.entraineurs == 1)

    def _entrain_des_echanges(self) -> Matrice:
        gagne, perdu = self._entrain()
        moteurs = self.blocs.moteurs
        sens = (gagne[self.places] - perdu[self.places][:, None]) * (moteurs[:, None] & ~moteurs)
        return sens + sens.T

    # --- jouer un coup ----------------------------------------------------------------

    def echanger(self, i: int, j: int, gain: float) -> None:
        a, b = int(self.places[i]), int(self.places[j])
        self._mener(i, b)
        self._mener(j, a)
        self.valeur += gain

    def deplacer(self, bloc: int, vers: int, gain: float) -> None:
        self._mener(bloc, vers)
        self.valeur += gain

    def _mener(self, bloc: int, vers: int) -> None:
        depuis = int(self.places[bloc])
        if depuis != self.dehors:
            self.contributions[depuis] -= self.liens[bloc]
        if vers != self.dehors:
            self.contributions[vers] += self.liens[bloc]
        self.places[bloc] = vers
        taille = self.blocs.tailles[bloc]
        self.effectifs[depuis] -= taille
        self.effectifs[vers] += taille
        if self.blocs.moteurs[bloc]:
            self.entraineurs[depuis] -= 1
            self.entraineurs[vers] += 1


def _peine(blocs: Blocs) -> float:
    """Plus que tout ce qu'une répartition peut valoir : éviter l'emporte toujours."""
    liens = np.abs(blocs.liens).sum() + 2 * np.abs(blocs.gains).max(axis=1).sum()
    return float(liens + 2 * abs(blocs.moteur_poids) * blocs.m + 1)
