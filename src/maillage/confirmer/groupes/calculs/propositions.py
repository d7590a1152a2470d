"""La meilleure répartition trouvée, puis d'autres qui en diffèrent pour de bon.

Une variante naît d'une nouvelle recherche, d'une autre graine, où réunir deux structures déjà
réunies coûte ; le coût monte jusqu'à ce que la réponse s'écarte assez de toutes les précédentes.
Sa valeur est recomptée sans ce coût, et la borne reste celle du problème posé.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage.confirmer.calculs.groupes import Reponse, Statut, resoudre
from maillage.confirmer.calculs.groupes.probleme import DEHORS, Probleme
from maillage.confirmer.groupes.calculs.pose import Pose

ECART_MINIMAL = 0.25
"""Part des voisinages (deux structures réunies) qui change, au moins, d'une variante à l'autre."""
ESSAIS_PAR_VARIANTE = 3

Avancer = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Proposition:
    """Une répartition : le groupe de chaque structure (-1 dehors) et ce que l'on en sait.

    `objectif` et `borne` comptent le coût des structures laissées dehors, non les verrous.
    """

    groupes: tuple[int, ...]
    objectif: float
    borne: float
    graine: int


class RienTrouve(Exception):
    """`prouve` : il n'existe aucune répartition ; sinon, on n'en a pas trouvé."""

    def __init__(self, *, prouve: bool) -> None:
        super().__init__("Aucune répartition.")
        self.prouve = prouve


def proposer(
    pose: Pose,
    *,
    graine: int,
    variantes: int = 3,
    iterations: int = 6_000,
    avancer: Avancer = lambda fait, total: None,
) -> list[Proposition]:
    """La meilleure d'abord ; moins de `variantes` si le problème n'en a pas d'assez distinctes.

    Déterministe. Lève `RienTrouve`.
    """
    total = 1 + (variantes - 1) * ESSAIS_PAR_VARIANTE
    avancer(0, total)
    premiere = resoudre(pose.verrouille, graine=graine, iterations=iterations)
    if premiere.groupes is None or premiere.borne is None:
        raise RienTrouve(prouve=premiere.statut is Statut.IMPOSSIBLE)
    if not pose.verrous_tenus(premiere.groupes):
        raise RienTrouve(prouve=False)
    borne = premiere.borne - pose.gain * len(pose.verrous)
    gardees = [_proposition(pose, premiere, borne, graine)]
    pas = _pas(pose.probleme)
    for essai in range(1, total):
        avancer(essai, total)
        if len(gardees) == variantes:
            break
        cout = pas * (1 + essai % ESSAIS_PAR_VARIANTE)
        autre = resoudre(
            _eloigner(pose.verrouille, gardees, cout), graine=graine + essai, iterations=iterations
        )
        if autre.groupes is None or not pose.verrous_tenus(autre.groupes):
            continue
        if all(ecart(autre.groupes, g.groupes) >= ECART_MINIMAL for g in gardees):
            gardees.append(_proposition(pose, autre, borne, graine + essai))
    avancer(total, total)
    gardees.sort(key=lambda p: -p.objectif)
    return [gardees[0], *(_renommer(pose, p, gardees[0]) for p in gardees[1:])]


def ecart(une: Sequence[int], autre: Sequence[int]) -> float:
    """De 0 (mêmes voisinages) à 1 (aucun en commun), sans souci du nom des groupes."""
    a, b = _voisins(une), _voisins(autre)
    tous = int((a | b).sum())
    return 1 - int((a & b).sum()) / tous if tous else 0.0


def deplacees(une: Sequence[int], autre: Sequence[int]) -> list[int]:
    """Les rangs des structures qui n'ont pas la même place."""
    return [i for i, (g, h) in enumerate(zip(une, autre, strict=True)) if g != h]


def _voisins(groupes: Sequence[int]) -> np.ndarray:
    places = np.asarray(groupes)
    voisins = (places[:, None] == places) & (places != DEHORS)
    return np.triu(voisins, 1)


def _pas(probleme: Probleme) -> float:
    hors_diagonale = probleme.affinites[~np.eye(probleme.n, dtype=bool)]
    return max(0.05, float(np.abs(hors_diagonale).mean())) if len(hors_diagonale) else 0.05


def _eloigner(probleme: Probleme, deja: Sequence[Proposition], cout: float) -> Probleme:
    reunies = sum((_voisins(p.groupes).astype(float) for p in deja), np.zeros((probleme.n,) * 2))
    return replace(probleme, affinites=probleme.affinites - cout * (reunies + reunies.T))


def _proposition(pose: Pose, reponse: Reponse, borne: float, graine: int) -> Proposition:
    groupes = tuple(reponse.groupes or ())
    objectif = pose.probleme.valeur(groupes)
    return Proposition(groupes, objectif, max(borne, objectif), graine)


def _renommer(pose: Pose, proposition: Proposition, modele: Proposition) -> Proposition:
    """Les mêmes groupes, chacun au rang, parmi ceux qui s'échangent, où il bouge le moins."""
    reste = set(range(pose.m))
    vers = {DEHORS: DEHORS}
    communs = np.zeros((pose.m, pose.m), dtype=int)
    for ici, la in zip(proposition.groupes, modele.groupes, strict=True):
        if ici != DEHORS and la != DEHORS:
            communs[ici, la] += 1
    for ici in sorted(range(pose.m), key=lambda g: -int(communs[g].max())):
        possibles = [g for g in reste if _echangeables(pose, ici, g)]
        vers[ici] = max(possibles, key=lambda g: (communs[ici, g], -abs(g - ici)))
        reste.discard(vers[ici])
    return replace(proposition, groupes=tuple(vers[g] for g in proposition.groupes))


def _echangeables(pose: Pose, un: int, autre: int) -> bool:
    """Mêmes effectifs, mêmes préférences, aucun verrou : leurs noms seuls les distinguent."""
    p = pose.probleme
    return un == autre or bool(
        p.minima[un] == p.minima[autre]
        and p.maxima[un] == p.maxima[autre]
        and (p.preferences[:, un] == p.preferences[:, autre]).all()
        and not {un, autre} & set(pose.verrous.values())
    )
