"""De la mission au problème : structures, réglages et contraintes deviennent un `Probleme`.

Le moteur ne connaît pas de verrou. Un verrou devient trois choses qu'il connaît : les verrouillées
d'un même groupe vont ensemble, celles de deux groupes s'évitent, et chacune gagne dans son groupe
plus que tout le reste ne peut valoir. Ce gain n'entre ni dans l'objectif ni dans la borne que l'on
montre ; une proposition qui ne tiendrait pas un verrou est écartée.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np

from maillage.confirmer.calculs.groupes.probleme import Matrice, Probleme
from maillage.confirmer.groupes.calculs.entrees import Entree
from maillage.confirmer.groupes.calculs.facteurs import affinites
from maillage.confirmer.groupes.calculs.reglages import Dehors, Reglages

CONCURRENCE = 3.0
"""Ce que retire, par point de poids, une concurrence notée : plus que tout un facteur."""

Paire = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Exigences:
    """Ce que l'agent impose ou sait de la mission, par clés de structures.

    `souhaits` : (clé, rang du groupe) → 1 souhaité, -1 à éviter. `verrous` : clé → rang.
    """

    ensemble: tuple[Paire, ...] = ()
    jamais: tuple[Paire, ...] = ()
    concurrences: tuple[Paire, ...] = ()
    souhaits: Mapping[tuple[str, int], int] | None = None
    verrous: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Pose:
    """Un problème posé. `probleme` ignore les verrous ; `verrouille` est celui que l'on résout."""

    entrees: tuple[Entree, ...]
    reglages: Reglages
    exigences: Exigences
    probleme: Probleme
    verrouille: Probleme
    verrous: Mapping[int, int]
    gain: float

    @property
    def n(self) -> int:
        return len(self.entrees)

    @property
    def m(self) -> int:
        return len(self.reglages.groupes)

    def valeur(self, membres: Sequence[frozenset[int]]) -> float:
        """Ce que valent des groupes, qui peuvent se recouvrir ; sans le coût des places vides.

        Égal à `probleme.valeur`, à ce coût près, pour une partition.
        """
        total = 0.0
        for rang, groupe in enumerate(membres):
            ranges = sorted(groupe)
            total += float(self.probleme.affinites[np.ix_(ranges, ranges)].sum()) / 2
            total += float(self.probleme.preferences[ranges, rang].sum())
            total += self.probleme.moteur_poids * (not self.probleme.moteurs.isdisjoint(groupe))
        return total

    def verrous_tenus(self, groupes: Sequence[int]) -> bool:
        return all(groupes[i] == rang for i, rang in self.verrous.items())


def poser(entrees: Sequence[Entree], reglages: Reglages, exigences: Exigences) -> Pose:
    """Le problème de ces structures ; ce qui désigne une structure absente est sans effet."""
    rangs = {entree.cle: i for i, entree in enumerate(entrees)}
    n, m = len(entrees), len(reglages.groupes)
    attirances = affinites(entrees, dict(reglages.poids))
    for i, j in paires_de_rangs(exigences.concurrences, rangs):
        attirances[[i, j], [j, i]] -= CONCURRENCE * reglages.poids["concurrence"]
    preferences = _preferences(exigences, reglages, rangs, n)
    moteurs = frozenset(rangs[cle] for cle in reglages.moteurs if cle in rangs)
    probleme = Probleme(
        affinites=attirances,
        preferences=preferences,
        minima=np.array([g.minimum for g in reglages.groupes]),
        maxima=np.array([min(g.maximum, max(n, g.minimum)) for g in reglages.groupes]),
        ensemble=paires_de_rangs(exigences.ensemble, rangs),
        incompatibles=paires_de_rangs(exigences.jamais, rangs),
        moteurs=moteurs,
        moteur_poids=reglages.poids["moteurs"] * _echelle(n, m) if moteurs else 0.0,
        facultatif=_cout_dehors(reglages.dehors, attirances, preferences),
    )
    verrous = {
        rangs[cle]: rang
        for cle, rang in (exigences.verrous or {}).items()
        if cle in rangs and 0 <= rang < m
    }
    gain = _gain(probleme)
    return Pose(
        entrees=tuple(entrees),
        reglages=reglages,
        exigences=exigences,
        probleme=probleme,
        verrouille=_verrouiller(probleme, verrous, gain),
        verrous=verrous,
        gain=gain,
    )


def paires_des_verrous(verrous: Mapping[int, int]) -> tuple[list[tuple[int, int]], ...]:
    """(ensemble, incompatibles) : ce que les verrous imposent à des paires de structures."""
    ensemble, incompatibles = [], []
    par_groupe: dict[int, list[int]] = {}
    for i in sorted(verrous):
        par_groupe.setdefault(verrous[i], []).append(i)
    for membres in par_groupe.values():
        ensemble += list(pairwise(membres))
    for uns, autres in combinations(par_groupe.values(), 2):
        incompatibles.append((min(uns[0], autres[0]), max(uns[0], autres[0])))
    return ensemble, incompatibles


def _verrouiller(probleme: Probleme, verrous: Mapping[int, int], gain: float) -> Probleme:
    if not verrous:
        return probleme
    ensemble, incompatibles = paires_des_verrous(verrous)
    preferences = probleme.preferences.copy()
    for i, rang in verrous.items():
        preferences[i, rang] += gain
    return replace(
        probleme,
        preferences=preferences,
        ensemble=tuple(dict.fromkeys((*probleme.ensemble, *ensemble))),
        incompatibles=tuple(dict.fromkeys((*probleme.incompatibles, *incompatibles))),
    )


def paires_de_rangs(
    paires: Sequence[Paire], rangs: Mapping[str, int]
) -> tuple[tuple[int, int], ...]:
    """Par rangs, chacune une fois ; celles d'une structure absente n'y sont pas."""
    lues = []
    for une, autre in paires:
        if une in rangs and autre in rangs and une != autre:
            i, j = sorted((rangs[une], rangs[autre]))
            lues.append((i, j))
    return tuple(dict.fromkeys(lues))


def _preferences(
    exigences: Exigences, reglages: Reglages, rangs: Mapping[str, int], n: int
) -> Matrice:
    m = len(reglages.groupes)
    preferences = np.zeros((n, m))
    force = reglages.poids["souhaits"] * _echelle(n, m)
    for (cle, rang), sens in (exigences.souhaits or {}).items():
        if cle in rangs and 0 <= rang < m:
            preferences[rangs[cle], rang] += force * sens
    return preferences


def _echelle(n: int, m: int) -> float:
    """Ce que vaut à peu près, par point de poids, une place pour une structure."""
    return max(1.0, n / m / 3)


def _cout_dehors(dehors: Dehors, attirances: Matrice, preferences: Matrice) -> float | None:
    """`si_besoin` : plus cher que la pire place, donc seulement quand il n'y en a pas d'autre."""
    if dehors is Dehors.NON:
        return None
    if dehors is Dehors.VOLONTIERS:
        return 0.0
    pire = float(np.abs(attirances).sum(axis=1).max(initial=0.0))
    return 1.0 + 2 * pire + float(np.abs(preferences).max(initial=0.0))


def _gain(probleme: Probleme) -> float:
    """Plus que tout ce que la répartition peut valoir, places laissées comprises."""
    total = float(np.abs(probleme.affinites).sum() + np.abs(probleme.preferences).sum())
    total += abs(probleme.moteur_poids) * probleme.m + (probleme.facultatif or 0.0) * probleme.n
    return 1.0 + total
