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

EFFECTIFS: dict[str, tuple[int, int | None]] = {
    "00": (0, 0),
    "01": (1, 2),
    "02": (3, 5),
    "03": (6, 9),
    "11": (10, 19),
    "12": (20, 49),
    "21": (50, 99),
    "22": (100, 199),
    "31": (200, 249),
    "32": (250, 499),
    "41": (500, 999),
    "42": (1000, 1999),
    "51": (2000, 4999),
    "52": (5000, 9999),
    "53": (10000, None),
}
"""Les salariés de chaque tranche, bornes comprises. « NN » n'y est pas : aucun, ou on ne sait."""
