"""Les chiffres d'en-tête d'un dossier, que les étapes calculent dans la requête du dossier même."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from maillage.socle.slots import Slot


@dataclass(frozen=True, slots=True)
class Chiffre:
    """Un chiffre d'en-tête.

    `expressions` : annotations SQL, nommées ; `dire` lit ces annotations sur le dossier et rend
    la valeur écrite (« 10 », « environ 9 500 € », « inconnu »). `demarche` : où le chiffre se lit.
    """

    libelle: str
    demarche: str
    expressions: Mapping[str, Any]
    dire: Callable[[Any], str]


CHIFFRES: Slot[[], Chiffre] = Slot("ingenieries.chiffres", requetes=0)


def expressions() -> dict[str, Any]:
    """Les annotations de tous les chiffres d'en-tête."""
    return {nom: e for chiffre in CHIFFRES.tout() for nom, e in chiffre.expressions.items()}
