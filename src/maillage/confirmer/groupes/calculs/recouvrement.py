"""Une structure dans plusieurs groupes, quand les réglages le permettent.

Le moteur fait une partition : chaque structure y a une place principale, et la preuve ne vaut que
pour elle. On y ajoute ensuite, une par une et la meilleure pour l'objectif d'abord, les places
qu'une structure a souhaitées, tant que le groupe a de la place et qu'aucun « jamais ensemble »
n'est enfreint. Deux structures qui vont ensemble se suivent aussi là.
"""

from __future__ import annotations

from collections.abc import Sequence

from maillage.confirmer.groupes.calculs.pose import Pose


def membres(groupes: Sequence[int], nombre: int) -> list[frozenset[int]]:
    """Les structures de chaque groupe d'une partition."""
    return [frozenset(i for i, g in enumerate(groupes) if g == rang) for rang in range(nombre)]


def recouvrir(pose: Pose, groupes: Sequence[int]) -> list[frozenset[int]]:
    """Les groupes d'une partition, et les places souhaitées qui s'y ajoutent."""
    formes = membres(groupes, pose.m)
    blocs = _blocs(pose)
    while pose.reglages.plusieurs > 1:
        possibles = [
            (_gain(pose, formes, bloc, rang), bloc, rang)
            for bloc in blocs
            for rang in range(pose.m)
            if _permis(pose, formes, bloc, rang)
        ]
        if not possibles:
            break
        _, bloc, rang = max(possibles, key=lambda p: p[0])
        formes[rang] = formes[rang] | bloc
    return formes


def _blocs(pose: Pose) -> list[frozenset[int]]:
    """Les structures que l'on a placées ensemble ne se séparent pas."""
    blocs = {i: frozenset([i]) for i in range(pose.n)}
    for i, j in pose.probleme.ensemble:
        uni = blocs[i] | blocs[j]
        for membre in uni:
            blocs[membre] = uni
    return list(dict.fromkeys(blocs.values()))


def _permis(pose: Pose, formes: Sequence[frozenset[int]], bloc: frozenset[int], rang: int) -> bool:
    souhaits = pose.exigences.souhaits or {}
    souhaite = any(souhaits.get((pose.entrees[i].cle, rang), 0) > 0 for i in bloc)
    evite = any(souhaits.get((pose.entrees[i].cle, rang), 0) < 0 for i in bloc)
    if not souhaite or evite or bloc & formes[rang]:
        return False
    siens = [sum(i in forme for forme in formes) for i in bloc]
    if min(siens) == 0 or max(siens) >= pose.reglages.plusieurs:
        return False
    if len(formes[rang]) + len(bloc) > pose.probleme.maxima[rang]:
        return False
    uni = formes[rang] | bloc
    return not any(i in uni and j in uni for i, j in pose.probleme.incompatibles)


def _gain(pose: Pose, formes: Sequence[frozenset[int]], bloc: frozenset[int], rang: int) -> float:
    avec = list(formes)
    avec[rang] = formes[rang] | bloc
    return pose.valeur(avec) - pose.valeur(formes)
