"""Ce qu'une répartition faite à la main ne tient pas : dit, jamais empêché."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.confirmer.groupes.calculs.pose import Pose
from maillage.socle.mots import citer, compter


def enfreintes(pose: Pose, formes: Sequence[frozenset[int]]) -> list[str]:
    """Effectifs et exigences non tenus, en phrases ; vide si tout est tenu."""
    dites = []
    for groupe, forme in zip(pose.reglages.groupes, formes, strict=True):
        effectif = compter(len(forme), "structure")
        if len(forme) < groupe.minimum:
            dites.append(f"{citer(groupe.nom)} : {effectif}, il en faut {groupe.minimum}.")
        if len(forme) > groupe.maximum:
            dites.append(f"{citer(groupe.nom)} : {effectif} pour {groupe.maximum} places.")
    for i, j in pose.probleme.ensemble:
        if any((i in forme) != (j in forme) for forme in formes):
            dites.append(f"{_noms(pose, i, j)} devaient être ensemble.")
    for i, j in pose.probleme.incompatibles:
        if any(i in forme and j in forme for forme in formes):
            dites.append(f"{_noms(pose, i, j)} ne devaient pas être ensemble.")
    return dites


def _noms(pose: Pose, i: int, j: int) -> str:
    return f"{pose.entrees[i].nom} et {pose.entrees[j].nom}"
