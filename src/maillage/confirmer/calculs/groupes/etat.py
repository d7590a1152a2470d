"""Une répartition et tout ce que vaudrait chaque échange, chaque déplacement.

`contributions[i, g]` est ce que vaudrait le bloc i dans le groupe g (colonne m : dehors). Échanger
i (de a) et j (de b) fait gagner

    c[i, b] + c[j, a] - c[i, a] - c[j, b] - 2 w[i, j]

ce que numpy évalue pour toutes les paires d'un coup.
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
        self.gains = np.empty((blocs.b, blocs.b))
        self.poser(places)

    def poser(self, places: Entiers) -> None:
        """Recompte tout d'une répartition : les erreurs d'arrondi ne s'accumulent pas."""
        blocs = self.blocs
        self.places = places.copy()
        presence = np.zeros((blocs.b, blocs.m + 1))
        presence[self.rangs, places] = 1
        presence[:, blocs.m] = 0
        voisins = self.liens @ presence
        self.contributions = voisins + self.seuls
        self.siennes = self.contributions[self.rangs, places]
        self.effectifs = np.bincount(places, blocs.tailles, blocs.m + 1).astype(np.int64)
        self.entraineurs = np.bincount(places[blocs.moteurs], minlength=blocs.m + 1)
        self.retenues = np.stack([self._retenue(bloc) for bloc in range(blocs.b)])
        seuls = self.seuls[self.rangs, places].sum()
        ensemble = voisins[self.rangs, places].sum() / 2
        entraines = blocs.moteur_poids * int((self.entraineurs[:-1] > 0).sum())
        self.valeur = float(seuls + ensemble + entraines)

    def _retenue(self, bloc: int) -> Matrice:
        """Ce qu'un échange avec chacun perd deux fois ; infini au sein d'un même groupe.

        Dehors, rien ne lie : avec un absent, le lien ne se perd qu'une fois.
        """
        places = self.places
        retenue = self.doubles[bloc].copy()
        if self.blocs.dehors_permis:
            mixtes = (places == self.dehors) != (places[bloc] == self.dehors)
            retenue[mixtes] = self.liens[bloc][mixtes]
        retenue[places == places[bloc]] = -INTERDIT
        return retenue

    # --- ce que chaque coup fait gagner -----------------------------------------------

    def echanges(self, freins: Matrice) -> Matrice:
        """(b, b) : le gain de chaque échange, moins le frein de chacun des deux blocs.

        `INTERDIT` quand il n'est pas permis ; le tableau est réemployé au coup suivant.
        """
        siennes = self.siennes + freins
        croises = self.contributions.take(self.places, axis=1)
        gains = np.add(croises, croises.T, out=self.gains)
        gains -= siennes[:, None]
        gains -= siennes
        gains -= self.retenues
        if self.blocs.moteur_poids:
            gains += self._entrain_des_echanges()
        if not self.memes_tailles:
            gains[~self._echanges_permis()] = INTERDIT
        return gains

    def deplacements(self, freins: Matrice) -> Matrice:
        """(b, m + 1) : le gain de chaque déplacement, moins le frein du bloc."""
        gains = self.contributions - (self.siennes + freins)[:, None]
        if self.blocs.moteur_poids:
            gagne, perdu = self._entrain()
            moteurs = self.blocs.moteurs[:, None]
            gains = gains + moteurs * (gagne - perdu[self.places][:, None])
        gains[~self._deplacements_permis()] = INTERDIT
        return gains

    def _echanges_permis(self) -> np.ndarray:
        tailles, places = self.blocs.tailles, self.places
        apres = self.effectifs[places][:, None] - tailles[:, None] + tailles
        tient = (apres >= self.minima[places][:, None]) & (apres <= self.maxima[places][:, None])
        return tient & tient.T

    def _deplacements_permis(self) -> np.ndarray:
        tailles, places = self.blocs.tailles, self.places
        part = self.effectifs[places] - tailles >= self.minima[places]
        entre = self.effectifs + tailles[:, None] <= self.maxima
        permis = part[:, None] & entre
        permis[self.rangs, places] = False
        return permis

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
        self._achever((i, j), gain)

    def deplacer(self, bloc: int, vers: int, gain: float) -> None:
        self._mener(bloc, vers)
        self._achever((bloc,), gain)

    def _mener(self, bloc: int, vers: int) -> None:
        depuis = int(self.places[bloc])
        if depuis != self.dehors:
            self.contributions[:, depuis] -= self.liens[bloc]
        if vers != self.dehors:
            self.contributions[:, vers] += self.liens[bloc]
        self.places[bloc] = vers
        taille = self.blocs.tailles[bloc]
        self.effectifs[depuis] -= taille
        self.effectifs[vers] += taille
        if self.blocs.moteurs[bloc]:
            self.entraineurs[depuis] -= 1
            self.entraineurs[vers] += 1

    def _achever(self, bouges: tuple[int, ...], gain: float) -> None:
        self.valeur += gain
        self.siennes = self.contributions[self.rangs, self.places]
        for bloc in bouges:
            self.retenues[bloc] = self.retenues[:, bloc] = self._retenue(bloc)


def _peine(blocs: Blocs) -> float:
    """Plus que tout ce qu'une répartition peut valoir : éviter l'emporte toujours."""
    liens = np.abs(blocs.liens).sum() + 2 * np.abs(blocs.gains).max(axis=1).sum()
    return float(liens + 2 * abs(blocs.moteur_poids) * blocs.m + 1)
