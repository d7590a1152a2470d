"""Pourquoi rien ne tient : un plus petit ensemble de contraintes, dit avec les noms et un geste.

Chaque contrainte porte le `geste` qui la lève, que la page renvoie tel quel.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from maillage.confirmer.calculs.groupes.conflits import Contrainte, Sorte, expliquer
from maillage.confirmer.groupes.calculs.pose import Pose
from maillage.socle.mots import compter


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Une contrainte en cause : ce qu'elle dit, le geste qui la lève, et le mot de ce geste.

    `geste` : « ensemble:clé:clé », « jamais:clé:clé », « verrou:clé », « minimum:rang »,
    « maximum:rang » ou « toutes ».
    """

    phrase: str
    geste: str
    verbe: str


def obstacles(pose: Pose) -> list[Obstacle] | None:
    """Des contraintes qui se contredisent, aucune de trop ; vide si tout peut tenir.

    None si l'on ne sait pas le dire en un temps raisonnable.
    """
    if dits := _effectifs_impossibles(pose) or _trop_de_verrous(pose) or _entre_verrous(pose):
        return dits
    contraintes = expliquer(pose.verrouille)
    if contraintes is None:
        return None
    dits = [obstacle for c in contraintes for obstacle in _dire(pose, c)]
    return list(dict.fromkeys(dits))


def _effectifs_impossibles(pose: Pose) -> list[Obstacle]:
    """Trop peu de places, ou des minima trop hauts : compter suffit, chercher serait sans fin."""
    probleme = pose.probleme
    if probleme.facultatif is None and probleme.maxima.sum() < pose.n:
        toutes = _dire(pose, Contrainte(Sorte.TOUTES_PLACEES))
        return [*(_effectif(pose, Sorte.MAXIMUM, rang) for rang in range(pose.m)), *toutes]
    if probleme.minima.sum() <= pose.n:
        return []
    demandees, gardes = 0, []
    for rang in sorted(range(pose.m), key=lambda g: -int(probleme.minima[g])):
        if demandees <= pose.n:
            demandees += int(probleme.minima[rang])
            gardes.append(rang)
    return [_effectif(pose, Sorte.MINIMUM, rang) for rang in sorted(gardes)]


def _trop_de_verrous(pose: Pose) -> list[Obstacle]:
    """Plus de verrouillées dans un groupe qu'il n'a de places : le moteur ne le voit pas."""
    comptes = Counter(pose.verrous.values())
    for rang, nombre in sorted(comptes.items()):
        maximum = pose.reglages.groupes[rang].maximum
        if nombre > maximum:
            tenues = [i for i, g in pose.verrous.items() if g == rang][: maximum + 1]
            return [_effectif(pose, Sorte.MAXIMUM, rang), *(_verrou(pose, i) for i in tenues)]
    return []


def _entre_verrous(pose: Pose) -> list[Obstacle]:
    """Ce qui se contredit entre les seules verrouillées, qu'aucune place dehors ne dénouerait."""
    if not pose.verrous:
        return []
    gardees = set(pose.verrous)
    while (
        nouvelles := {i for paire in pose.probleme.ensemble for i in paire if gardees & set(paire)}
        - gardees
    ):
        gardees |= nouvelles
    probleme = pose.verrouille
    seules = replace(
        probleme,
        minima=np.zeros_like(probleme.minima),
        maxima=np.full_like(probleme.maxima, pose.n),
        ensemble=tuple(p for p in probleme.ensemble if gardees >= set(p)),
        incompatibles=tuple(p for p in probleme.incompatibles if gardees >= set(p)),
        facultatif=None,
    )
    contraintes = [c for c in expliquer(seules) or () if c.sorte is not Sorte.TOUTES_PLACEES]
    return list(dict.fromkeys(o for c in contraintes for o in _dire(pose, c)))


def _dire(pose: Pose, contrainte: Contrainte) -> list[Obstacle]:
    if contrainte.sorte is Sorte.TOUTES_PLACEES:
        phrase = f"Les {compter(pose.n, 'structure')} doivent toutes avoir une place."
        return [Obstacle(phrase, "toutes", "Permettre d’en laisser dehors")]
    if contrainte.sorte in (Sorte.MINIMUM, Sorte.MAXIMUM):
        return [_effectif(pose, contrainte.sorte, contrainte.rangs[0])]
    i, j = contrainte.rangs
    posees = pose.probleme.ensemble, pose.probleme.incompatibles
    if (i, j) in posees[contrainte.sorte is Sorte.INCOMPATIBLES]:
        return [_paire(pose, contrainte.sorte, i, j)]
    return [_verrou(pose, i), _verrou(pose, j)]


def _paire(pose: Pose, sorte: Sorte, i: int, j: int) -> Obstacle:
    une, autre = pose.entrees[i], pose.entrees[j]
    if sorte is Sorte.ENSEMBLE:
        phrase = f"{une.nom} et {autre.nom} doivent être ensemble."
        return Obstacle(phrase, f"ensemble:{une.cle}:{autre.cle}", "Ne plus l’exiger")
    phrase = f"{une.nom} et {autre.nom} ne doivent jamais être ensemble."
    return Obstacle(phrase, f"jamais:{une.cle}:{autre.cle}", "Accepter de les réunir")


def _verrou(pose: Pose, i: int) -> Obstacle:
    entree, groupe = pose.entrees[i], pose.reglages.groupes[pose.verrous[i]]
    phrase = f"{entree.nom} est verrouillée dans « {groupe.nom} »."
    return Obstacle(phrase, f"verrou:{entree.cle}", "La déverrouiller")


def _effectif(pose: Pose, sorte: Sorte, rang: int) -> Obstacle:
    groupe = pose.reglages.groupes[rang]
    if sorte is Sorte.MINIMUM:
        phrase = f"« {groupe.nom} » demande au moins {compter(groupe.minimum, 'structure')}."
        return Obstacle(phrase, f"minimum:{rang}", "Ne plus fixer ce minimum")
    phrase = f"« {groupe.nom} » a au plus {compter(groupe.maximum, 'place')}."
    return Obstacle(phrase, f"maximum:{rang}", "Ne plus limiter ce groupe")
