"""Un chiffre mesuré et, s'il en a une, sa borne."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from maillage.socle.quantites import ecrire_nombre


@dataclass(frozen=True, slots=True)
class Chiffre:
    """Une valeur dans son unité ; `au_plus` ou `au_moins` en est la borne, jamais des secondes."""

    valeur: float
    unite: str = ""
    au_plus: float | None = None
    au_moins: float | None = None

    @property
    def tenu(self) -> bool:
        haut = self.au_plus is None or self.valeur <= self.au_plus
        return haut and (self.au_moins is None or self.valeur >= self.au_moins)

    @property
    def verdict(self) -> str:
        if self.au_plus is None and self.au_moins is None:
            return "mesuré"
        return "tient" if self.tenu else "DÉPASSE"

    def __str__(self) -> str:
        bornes = [
            f"{mot} {_ecrire(borne)}"
            for mot, borne in (("au plus", self.au_plus), ("au moins", self.au_moins))
            if borne is not None
        ]
        suite = f" ({', '.join(bornes)})" if bornes else ""
        return f"{_ecrire(self.valeur)} {self.unite}".rstrip() + suite

    def en_json(self) -> dict[str, Any]:
        return {**asdict(self), "tenu": self.tenu}


def _ecrire(valeur: float) -> str:
    return ecrire_nombre(Decimal(str(valeur)))
