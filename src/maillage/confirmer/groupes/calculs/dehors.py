"""Pourquoi une structure reste hors des groupes, groupe par groupe."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.confirmer.groupes.calculs.pose import Pose
from maillage.socle.mots import citer, enumerer


def pourquoi_dehors(pose: Pose, formes: Sequence[frozenset[int]], i: int) -> str:
    """Une phrase : groupes pleins, interdits, ou place qui desservirait les autres."""
    pleins, interdits, perdants, ouverts = [], [], [], []
    valeur = pose.valeur(formes)
    for rang, forme in enumerate(formes):
        nom = citer(pose.reglages.groupes[rang].nom)
        gene = _heurte(pose, forme, i)
        avec = [*formes[:rang], forme | {i}, *formes[rang + 1 :]]
        if gene:
            interdits.append(f"{nom} réunit déjà {enumerer(gene)}")
        elif len(forme) >= pose.probleme.maxima[rang]:
            pleins.append(nom)
        elif pose.valeur(avec) < valeur:
            perdants.append(nom)
        else:
            ouverts.append(nom)
    dites = [f"{enumerer(interdits)}, que vous avez séparée d’elle"] if interdits else []
    if pleins:
        dites.append(f"{enumerer(pleins)} {'est plein' if len(pleins) == 1 else 'sont pleins'}")
    if perdants:
        dites.append(f"la placer dans {enumerer(perdants, 'ou')} ferait baisser l’ensemble")
    if ouverts:
        dites.append(f"elle trouverait place dans {enumerer(ouverts, 'ou')}")
    phrase = " ; ".join(dites)
    return f"{phrase[:1].upper()}{phrase[1:]}." if phrase else ""


def _heurte(pose: Pose, forme: frozenset[int], i: int) -> list[str]:
    autres = [b if a == i else a for a, b in pose.probleme.incompatibles if i in (a, b)]
    return [pose.entrees[j].nom for j in autres if j in forme]
