"""La recherche : des descentes tabou, et le croisement des meilleures répartitions trouvées.

Le problème pur est celui du groupement à diversité maximale. Ses méthodes publiées échangent des
membres et se relancent près des bonnes répartitions : recherche tabou à oscillation stratégique
(Gallego, Laguna, Martí et Duarte, 2013), recherche à voisinages variables biaisée (Brimberg et
coll., 2015), recherche itérée de maxima (Lai et Hao, 2016), recherche en trois phases (Lai, Hao,
Fu et Yue, 2021). Ici, une élite de répartitions distinctes se croise par groupes, chaque enfant
est mené par la recherche tabou ; quand plus rien n'y entre, tout repart, le record étant gardé. À
graine et nombre d'itérations égaux, la même réponse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import Blocs
from maillage.confirmer.calculs.groupes.croisement import croiser
from maillage.confirmer.calculs.groupes.depart import placer
from maillage.confirmer.calculs.groupes.etat import Etat
from maillage.confirmer.calculs.groupes.probleme import Entiers

PATIENCE = 60
"""Coups sans mieux avant de laisser une descente ; un par bloc, s'ils sont plus nombreux."""
ATTENTE = (2, 4)
"""Coups pendant lesquels un bloc qui vient de bouger attend, tirés entre ces bornes ; la plus haute
monte avec le nombre de blocs (un quinzième). Attendre plus fait perdre des coups : la diversité
vient des croisements."""
ELITE = (8, 16)
"""Répartitions de l'élite : une pour quatre blocs, entre ces bornes."""
USURE = 3
"""Fois sa taille en descentes de suite qui n'apportent rien à l'élite, avant d'en refaire une."""
_MIEUX = 1e-9


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """La meilleure répartition d'une recherche (places : m pour dehors)."""

    places: Entiers
    valeur: float
    iterations: int


def chercher(
    blocs: Blocs, depart: Entiers, *, hasard: np.random.Generator, encore: Callable[[int], bool]
) -> Trouvaille:
    """Cherche depuis `depart` tant que `encore(itérations)` le dit."""
    etat = Etat(blocs, depart)
    tabou = _Tabou(etat, hasard, encore)
    elite = _Elite(min(max(blocs.b // 4, ELITE[0]), ELITE[1]))
    meilleure = Trouvaille(depart, etat.valeur, 0)
    while True:
        locale = tabou.descendre()
        elite.accueillir(locale)
        if locale.valeur > meilleure.valeur + _MIEUX:
            meilleure = locale
        if tabou.fini:
            return Trouvaille(meilleure.places, meilleure.valeur, tabou.iterations)
        etat.poser(_relance(etat, elite, locale, hasard))


@dataclass(slots=True)
class _Elite:
    """Les meilleures répartitions, de valeurs distinctes, la meilleure d'abord."""

    taille: int
    membres: list[Trouvaille] = field(default_factory=list)
    usure: int = 0

    @property
    def complete(self) -> bool:
        """Prête à se croiser : pleine, ou déjà en peine de se remplir (les petits cas)."""
        return len(self.membres) == self.taille or (len(self.membres) > 2 and self.usure > 2)

    def accueillir(self, trouvaille: Trouvaille) -> None:
        self.usure += 1
        pleine = len(self.membres) == self.taille
        if self.usure > USURE * self.taille:
            self.membres, self.usure = [trouvaille], 0
        elif pleine and trouvaille.valeur <= self.membres[-1].valeur + _MIEUX:
            return
        elif all(abs(trouvaille.valeur - m.valeur) > _MIEUX for m in self.membres):
            self.membres.append(trouvaille)
            self.membres.sort(key=lambda m: -m.valeur)
            del self.membres[self.taille :]
            self.usure = 0


class _Tabou:
    """Le meilleur coup permis à chaque itération ; qui vient de bouger attend un peu."""

    def __init__(
        self, etat: Etat, hasard: np.random.Generator, encore: Callable[[int], bool]
    ) -> None:
        self.etat = etat
        self.encore = encore
        self.patience = max(PATIENCE, etat.blocs.b)
        self.durees = _tirages(hasard, ATTENTE[0], max(ATTENTE[1], etat.blocs.b // 15) + 1)
        self.iterations = 0
        self.fini = False

    def descendre(self) -> Trouvaille:
        """Jusqu'à ce que le meilleur de la descente ne s'améliore plus."""
        etat = self.etat
        meilleure, valeur = etat.places.copy(), etat.valeur
        self.retours = np.zeros(etat.blocs.b, dtype=np.int64)
        sans_mieux = 0
        while sans_mieux < self.patience:
            if not self.encore(self.iterations):
                self.fini = True
                break
            self.iterations += 1
            if not self._jouer(valeur):
                break
            sans_mieux += 1
            if etat.valeur > valeur + _MIEUX:
                meilleure, valeur, sans_mieux = etat.places.copy(), etat.valeur, 0
        return Trouvaille(meilleure, valeur, self.iterations)

    def _jouer(self, record: float) -> bool:
        """Joue le meilleur coup libre, ou tout coup qui bat le record ; faux s'il n'y en a pas."""
        etat = self.etat
        retenus = (self.retours > self.iterations).nonzero()[0]
        freins = np.zeros(etat.blocs.b)
        freins[retenus] = etat.frein
        seuil = record - etat.valeur
        entrees = etat.entrees(freins)
        i, j, gain = self._meilleur(etat.echanges(entrees), retenus, seuil)
        if not etat.figes:
            bloc, vers, autre = self._meilleur(etat.deplacements(entrees), retenus, seuil)
            if autre > gain:
                i, j, gain = bloc, -1, autre
        if gain <= -etat.frein / 2:
            return False
        if j < 0:
            etat.deplacer(i, vers, gain)
        else:
            etat.echanger(i, j, gain)
            self._retenir(j)
        self._retenir(i)
        return True

    def _retenir(self, bloc: int) -> None:
        self.retours[bloc] = self.iterations + next(self.durees)

    def _meilleur(
        self, gains: np.ndarray, retenus: np.ndarray, seuil: float
    ) -> tuple[int, int, float]:
        """Le meilleur coup des blocs libres, ou celui d'un bloc retenu s'il passe le seuil."""
        ligne, colonne = divmod(int(gains.argmax()), gains.shape[1])
        gain = float(gains[ligne, colonne])
        if len(retenus):
            siens = gains[retenus]
            rang, autre = divmod(int(siens.argmax()), siens.shape[1])
            osee = float(siens[rang, autre]) + self.etat.frein
            if osee > max(seuil + _MIEUX, gain):
                return int(retenus[rang]), autre, osee
        return ligne, colonne, gain


def _tirages(hasard: np.random.Generator, bas: int, haut: int) -> Iterator[int]:
    """Des entiers au hasard, tirés par paquets : un par un, ils coûteraient autant qu'un coup."""
    while True:
        yield from hasard.integers(bas, haut, 1024).tolist()


def _relance(etat: Etat, elite: _Elite, locale: Trouvaille, hasard: np.random.Generator) -> Entiers:
    """Un enfant de deux de l'élite, tant qu'elle se remplit une répartition neuve.

    Si ni l'un ni l'autre ne tient les effectifs : la dernière, secouée.
    """
    nouvelle = None
    if elite.complete:
        une, autre = hasard.choice(len(elite.membres), 2, replace=False)
        parents = elite.membres[une].places, elite.membres[autre].places
        nouvelle = croiser(etat.blocs, *parents, hasard)
    if nouvelle is None:
        nouvelle = placer(etat.blocs, hasard)
    return _secouer(etat, locale.places, hasard) if nouvelle is None else nouvelle


def _secouer(etat: Etat, places: Entiers, hasard: np.random.Generator) -> Entiers:
    """De 5 à 30 % des blocs changent de place au hasard, effectifs tenus."""
    etat.poser(places)
    for _ in range(int(max(3, hasard.uniform(0.05, 0.3) * len(places)))):
        i, j = (int(rang) for rang in hasard.integers(len(places), size=2))
        vers = int(hasard.integers(etat.blocs.m + 1))
        if not etat.figes and hasard.random() < 0.5:
            if etat.deplacement_permis(i, vers):
                etat.deplacer(i, vers, 0.0)
        elif etat.blocs.tailles[i] == etat.blocs.tailles[j] and etat.places[i] != etat.places[j]:
            etat.echanger(i, j, 0.0)
    return etat.places
