"""D'où vient l'objectif : ce que chaque réglage apporte, ou retire, à des groupes donnés."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.confirmer.groupes.calculs.facteurs import FACTEURS, ecarts
from maillage.confirmer.groupes.calculs.pose import CONCURRENCE, Pose, paires_de_rangs
from maillage.confirmer.groupes.calculs.reglages import AUTRES_POIDS


def contributions(pose: Pose, formes: Sequence[frozenset[int]]) -> list[tuple[str, float]]:
    """(libellé du réglage, points), du plus au moins ; leur somme est `pose.valeur(formes)`."""
    parts = {f.libelle: _affinites(pose, f.code, formes) for f in FACTEURS}
    autres = (_concurrences(pose, formes), _souhaits(pose, formes), _moteurs(pose, formes))
    parts |= zip((poids.libelle for poids in AUTRES_POIDS), autres, strict=True)
    comptees = [(libelle, part) for libelle, part in parts.items() if part]
    return sorted(comptees, key=lambda comptee: -comptee[1])


def _affinites(pose: Pose, code: str, formes: Sequence[frozenset[int]]) -> float:
    poids = pose.reglages.poids.get(code, 0)
    if not poids:
        return 0.0
    mesures = ecarts(pose.entrees, next(f for f in FACTEURS if f.code == code))
    rangs = (sorted(forme) for forme in formes)
    return poids * sum(float(mesures[siens][:, siens].sum()) / 2 for siens in rangs)


def _concurrences(pose: Pose, formes: Sequence[frozenset[int]]) -> float:
    rangs = {entree.cle: i for i, entree in enumerate(pose.entrees)}
    paires = paires_de_rangs(pose.exigences.concurrences, rangs)
    reunies = sum(i in forme and j in forme for i, j in paires for forme in formes)
    return -CONCURRENCE * pose.reglages.poids["concurrence"] * reunies


def _souhaits(pose: Pose, formes: Sequence[frozenset[int]]) -> float:
    preferences = pose.probleme.preferences
    return sum(float(preferences[sorted(forme), g].sum()) for g, forme in enumerate(formes))


def _moteurs(pose: Pose, formes: Sequence[frozenset[int]]) -> float:
    moteurs = pose.probleme.moteurs
    return pose.probleme.moteur_poids * sum(not moteurs.isdisjoint(forme) for forme in formes)
