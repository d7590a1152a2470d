"""Calculs purs des besoins partagés : ce qui émerge, ce qui s'éteint, le tableau croisé."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

ASSEZ = 3
"""Structures en dessous desquelles un mouvement n'en est pas un."""
COLONNES = 6
AUTRES = ""
"""La clé de la colonne qui réunit les moins fournies."""


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


@dataclass(frozen=True, slots=True)
class Case:
    """Combien de structures disent un thème dans une colonne (un département, un secteur)."""

    theme: str
    cle: str
    nom: str
    structures: int


def colonnes(cases: Iterable[Case]) -> list[tuple[str, str]]:
    """Les colonnes les plus fournies (clé, nom) ; s'il y en a trop, la dernière dit les autres."""
    totaux: Counter[tuple[str, str]] = Counter()
    for case in cases:
        totaux[case.cle, case.nom] += case.structures
    ordre = sorted(totaux, key=lambda cle: (-totaux[cle], cle[1]))
    if len(ordre) <= COLONNES:
        return ordre
    return [*ordre[: COLONNES - 1], (AUTRES, "Autres")]


def croiser(
    cases: Iterable[Case], montrees: Sequence[tuple[str, str]]
) -> dict[str, dict[str, int]]:
    """Par thème, le compte de chaque colonne montrée.

    « Autres » additionne : une structure dite dans deux de ces colonnes y compte deux fois.
    """
    connues = {cle for cle, _ in montrees}
    lignes: dict[str, dict[str, int]] = {}
    for case in cases:
        cle = case.cle if case.cle in connues else AUTRES
        ligne = lignes.setdefault(case.theme, {})
        ligne[cle] = ligne.get(cle, 0) + case.structures
    return lignes
