"""Résoudre un problème : la preuve pour un petit cas, sinon une recherche et une borne."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from time import monotonic

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import Blocs, assembler
from maillage.confirmer.calculs.groupes.bornes import borne_superieure
from maillage.confirmer.calculs.groupes.depart import placer
from maillage.confirmer.calculs.groupes.exact import BLOCS_AU_PLUS, resoudre_exactement
from maillage.confirmer.calculs.groupes.faisabilite import Indecis, repartir
from maillage.confirmer.calculs.groupes.probleme import Entiers, Probleme
from maillage.confirmer.calculs.groupes.recherche import Trouvaille, chercher
from maillage.confirmer.calculs.groupes.renfort import MARGE, renforcer

CROISEMENT = 1e-6
"""Secondes par paire de blocs que peut prendre le dernier croisement, puis la borne."""
_TOLERANCE = 1e-9


class Statut(StrEnum):
    """Ce que l'on peut dire de la réponse, sans rien promettre de plus."""

    OPTIMAL = "optimal"
    REALISABLE = "realisable"
    IMPOSSIBLE = "impossible"
    NON_TROUVE = "non_trouve"


@dataclass(frozen=True, slots=True)
class Reponse:
    """`groupes` : le groupe de chaque structure, -1 dehors, None sans répartition.

    `borne` : nulle répartition ne vaut davantage.
    """

    groupes: list[int] | None
    objectif: float | None
    borne: float | None
    statut: Statut
    secondes: float
    iterations: int


def resoudre(
    probleme: Probleme, *, secondes: float = 5.0, graine: int = 0, iterations: int | None = None
) -> Reponse:
    """Cherche au plus `secondes`, ou exactement `iterations` : alors toujours la même réponse."""
    debut = monotonic()
    blocs = assembler(probleme)
    if _impossible(blocs):
        return Reponse(None, None, None, Statut.IMPOSSIBLE, monotonic() - debut, 0)
    if blocs.b <= BLOCS_AU_PLUS:
        return _prouver(probleme, blocs, debut)
    hasard = np.random.default_rng(graine)
    try:
        depart = placer(blocs, hasard)
        depart = repartir(blocs) if depart is None else depart
    except Indecis:
        return Reponse(None, None, None, Statut.NON_TROUVE, monotonic() - debut, 0)
    if depart is None:
        return Reponse(None, None, None, Statut.IMPOSSIBLE, monotonic() - debut, 0)
    if iterations is None:
        trouvaille = _chercher_a_deux(blocs, depart, hasard, graine, debut + secondes)
    else:
        trouvaille = chercher(blocs, depart, hasard=hasard, encore=lambda n: n < iterations)
    return _dire(probleme, blocs, trouvaille, debut)


def _chercher_a_deux(
    blocs: Blocs, depart: Entiers, hasard: np.random.Generator, graine: int, fin: float
) -> Trouvaille:
    """La meilleure de deux recherches, sur deux cœurs s'ils y sont ; leurs itérations, ensemble.

    Chacune s'arrête un peu avant `fin`, le temps de réunir et de dire.
    """
    arret = fin - MARGE - CROISEMENT * blocs.b**2
    with renforcer(blocs, depart, graine=graine, fin=arret) as renfort:
        ici = chercher(blocs, depart, hasard=hasard, encore=lambda _: monotonic() < arret)
        ailleurs = renfort.rendre(fin - MARGE / 2) if renfort else None
    if ailleurs is None:
        return ici
    gardee = ici if ici.valeur >= ailleurs.valeur else ailleurs
    return Trouvaille(gardee.places, gardee.valeur, ici.iterations + ailleurs.iterations)


def _impossible(blocs: Blocs) -> bool:
    """Les effectifs ne peuvent pas se remplir, ou un bloc s'évite lui-même."""
    tous = int(blocs.tailles.sum())
    trop = tous > int(blocs.maxima.sum()) and not blocs.dehors_permis
    return (blocs.impossibles and not blocs.dehors_permis) or trop or tous < int(blocs.minima.sum())


def _prouver(probleme: Probleme, blocs: Blocs, debut: float) -> Reponse:
    places = resoudre_exactement(blocs)
    if places is None:
        return Reponse(None, None, None, Statut.IMPOSSIBLE, monotonic() - debut, 0)
    groupes = blocs.deplier(places)
    objectif = probleme.valeur(groupes)
    return Reponse(groupes, objectif, objectif, Statut.OPTIMAL, monotonic() - debut, 0)


def _dire(probleme: Probleme, blocs: Blocs, trouvaille: Trouvaille, debut: float) -> Reponse:
    """La trouvaille si elle tient tout ; sinon une répartition quelconque, ou l'impossibilité."""
    groupes = blocs.deplier(trouvaille.places)
    faites = trouvaille.iterations
    if probleme.fautes(groupes):
        try:
            secours = repartir(blocs)
        except Indecis:
            return Reponse(None, None, None, Statut.NON_TROUVE, monotonic() - debut, faites)
        if secours is None:
            return Reponse(None, None, None, Statut.IMPOSSIBLE, monotonic() - debut, faites)
        groupes = blocs.deplier(secours)
    objectif, borne = probleme.valeur(groupes), borne_superieure(blocs)
    atteinte = objectif >= borne - _TOLERANCE * max(1.0, abs(borne))
    statut = Statut.OPTIMAL if atteinte else Statut.REALISABLE
    return Reponse(groupes, objectif, borne, statut, monotonic() - debut, faites)
