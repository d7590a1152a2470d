"""Les tailles que l'on choisit, et les tranches d'effectifs de SIRENE qu'elles réunissent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Taille:
    """`tranches` : codes de l'INSEE (Licence Ouverte) ; `bornes` : salariés ou ETP, comprises."""

    code: str
    libelle: str
    tranches: tuple[str, ...]
    bornes: tuple[Decimal, Decimal]


def _taille(code: str, libelle: str, tranches: str, de: str, a: str) -> Taille:
    return Taille(code, libelle, tuple(tranches.split()), (Decimal(de), Decimal(a)))


TAILLES = {
    taille.code: taille
    for taille in (
        _taille("aucun", "Sans salarié connu", "NN 00", "0", "0"),
        _taille("1-2", "1 ou 2 salariés", "01", "0.01", "2.99"),
        _taille("3-9", "3 à 9 salariés", "02 03", "3", "9.99"),
        _taille("10-49", "10 à 49 salariés", "11 12", "10", "49.99"),
        _taille("50", "50 salariés et plus", "21 22 31 32 41 42 51 52 53", "50", "999999"),
    )
}
