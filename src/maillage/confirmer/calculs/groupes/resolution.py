"""Résoudre un problème : la preuve pour un petit cas, sinon une recherche et une borne."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import Blocs, assembler
from maillage.confirmer.calculs.groupes.bornes import borne_superieure
from maillage.confirmer.calculs.groupes.depart import placer
from maillage.confirmer.calculs.groupes.exact import BLOCS_AU_PLUS, resoudre_exactement
from maillage.confirmer.calculs.groupes.probleme import Entiers, Probleme
from maillage.confirmer.calculs.groupes.recherche import chercher

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
    borne = borne_superieure(blocs)
    hasard = np.random.default_rng(graine)
    depart = placer(blocs, hasard)
    if depart is None:
        return Reponse(None, None, borne, Statut.NON_TROUVE, monotonic() - debut, 0)
    limite = _limite(debut + secondes, iterations)
    trouvaille = chercher(blocs, depart, hasard=hasard, encore=limite)
    return _dire(probleme, blocs, trouvaille.places, borne, debut, trouvaille.iterations)


def _impossible(blocs: Blocs) -> bool:
    """Les effectifs ne peuvent pas se remplir, ou un bloc s'évite lui-même."""
    tous = int(blocs.tailles.sum())
    trop = tous > int(blocs.maxima.sum()) and not blocs.dehors_permis
    return (blocs.impossibles and not blocs.dehors_permis) or trop or tous < int(blocs.minima.sum())


def _limite(fin: float, iterations: int | None) -> Callable[[int], bool]:
    if iterations is not None:
        return lambda faites: faites < iterations
    return lambda faites: monotonic() < fin


def _prouver(probleme: Probleme, blocs: Blocs, debut: float) -> Reponse:
    places = resoudre_exactement(blocs)
    if places is None:
        return Reponse(None, None, None, Statut.IMPOSSIBLE, monotonic() - debut, 0)
    groupes = blocs.deplier(places)
    objectif = probleme.valeur(groupes)
    return Reponse(groupes, objectif, objectif, Statut.OPTIMAL, monotonic() - debut, 0)


def _dire(
    probleme: Probleme, blocs: Blocs, places: Entiers, borne: float, debut: float, iterations: int
) -> Reponse:
    groupes = blocs.deplier(places)
    if probleme.fautes(groupes):
        return Reponse(None, None, borne, Statut.NON_TROUVE, monotonic() - debut, iterations)
    objectif = probleme.valeur(groupes)
    atteinte = objectif >= borne - _TOLERANCE * max(1.0, abs(borne))
    statut = Statut.OPTIMAL if atteinte else Statut.REALISABLE
    return Reponse(groupes, objectif, borne, statut, monotonic() - debut, iterations)
