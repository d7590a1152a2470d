"""Calculs purs des besoins partagés : ce qui émerge, ce qui s'éteint, le tableau croisé."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

ASSEZ = 3
"""Structures en dessous desquelles un mouvement n'en est pas un."""
COLONNES = 6
INCONNUE = "?"
"""La clé de la colonne de ce qui n'est pas dit."""
AUTRES = ""
"""La clé de la colonne qui réunit les moins fournies."""

Cases = Mapping[str, Mapping[str, int]]
"""Par thème puis par clé de colonne (un département, un secteur), combien de structures."""


class Tendance(StrEnum):
    """Comment un besoin évolue, d'une année sur l'autre."""

    EMERGE = "émerge"
    ETEINT = "s’éteint"
    STABLE = "se maintient"
    RARE = "trop rare"


@dataclass(frozen=True, slots=True)
class Compte:
    """Un thème : structures distinctes et besoins sur la période, puis sur chacun des deux ans."""

    theme: str
    structures: int
    besoins: int
    recentes: int
    avant: int

    @property
    def tendance(self) -> Tendance:
        return tendance(self.recentes, self.avant)


def tendance(recentes: int, avant: int) -> Tendance:
    """Structures des douze derniers mois, comparées à celles des douze d'avant.

    Émerge : trois au moins, et deux fois plus qu'avant. S'éteint : l'inverse.
    """
    if max(recentes, avant) < ASSEZ:
        return Tendance.RARE
    if recentes >= 2 * avant:
        return Tendance.EMERGE
    if avant >= 2 * recentes:
        return Tendance.ETEINT
    return Tendance.STABLE


def colonnes(cases: Cases, noms: Mapping[str, str]) -> list[tuple[str, str]]:
    """Les colonnes les plus fournies (clé, nom) ; s'il y en a trop, la dernière dit les autres."""
    totaux: Counter[str] = Counter()
    for ligne in cases.values():
        totaux.update(ligne)
    ordre = sorted(totaux, key=lambda cle: (-totaux[cle], noms[cle]))
    if len(ordre) <= COLONNES:
        return [(cle, noms[cle]) for cle in ordre]
    return [*((cle, noms[cle]) for cle in ordre[: COLONNES - 1]), (AUTRES, "Autres")]


def croiser(cases: Cases, montrees: Sequence[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Par thème, le compte de chaque colonne montrée.

    « Autres » additionne : une structure dite dans deux de ces colonnes y compte deux fois.
    """
    connues = {cle for cle, _ in montrees}
    return {
        theme: {
            **{cle: n for cle, n in ligne.items() if cle in connues},
            AUTRES: sum(n for cle, n in ligne.items() if cle not in connues),
        }
        for theme, ligne in cases.items()
    }
