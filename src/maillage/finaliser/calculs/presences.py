"""Fusionner une grille saisie à plusieurs : chacun n'écrit que les cases qu'il a changées."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Conflit:
    """Une case que deux personnes ont changée : ce que l'on a saisi, ce qui est enregistré."""

    saisi: str
    enregistre: str


@dataclass(frozen=True, slots=True)
class Fusion(Generic[K]):
    """Ce qui peut s'écrire, et les cases où l'autre a répondu autrement entre-temps."""

    ecritures: Mapping[K, str]
    conflits: Mapping[K, Conflit]


def fusionner(
    lu: Mapping[K, str], saisi: Mapping[K, str], enregistre: Mapping[K, str]
) -> Fusion[K]:
    """Compare case par case ce qui était affiché, ce qui est saisi et ce qui est enregistré.

    Une case absente d'une table y est vide. Une case que l'on n'a pas touchée ne s'écrit pas.
    """
    ecritures, conflits = {}, {}
    for case, valeur in saisi.items():
        avant, maintenant = lu.get(case, ""), enregistre.get(case, "")
        if valeur in (avant, maintenant):
            continue
        if maintenant == avant:
            ecritures[case] = valeur
        else:
            conflits[case] = Conflit(valeur, maintenant)
    return Fusion(ecritures, conflits)
