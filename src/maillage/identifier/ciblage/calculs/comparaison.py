"""Un ciblage rejoué : qui est entré, qui est sorti, et pourquoi."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from maillage.identifier.ciblage.calculs.cascade import INCONNU, Regle, refusants


@dataclass(frozen=True, slots=True)
class Tirage:
    """Un résultat daté, tel qu'il se compare.

    `criteres` : par code, ce qui était demandé ; `retenues`, `ecartees` : par clé de structure, son
    profil, dans l'ordre de `regles`. Une structure absente des deux n'était pas regardée.
    """

    regles: tuple[Regle, ...]
    criteres: Mapping[str, Any]
    retenues: Mapping[str, str]
    ecartees: Mapping[str, str] = field(default_factory=dict)
    cadre: Any = None
    """Où l'on cherchait ; comparé tel quel."""

    def refus(self, cle: str) -> list[tuple[str, bool]]:
        """Les critères qui écartaient cette structure, et si c'était faute d'information."""
        profil = self.ecartees[cle]
        rangs = {regle.code: rang for rang, regle in enumerate(self.regles)}
        return [(code, profil[rangs[code]] == INCONNU) for code in refusants(self.regles, profil)]


@dataclass(frozen=True, slots=True)
class Mouvement:
    """Une structure entrée ou sortie ; `criteres` : (code, faute d'information) de ce qui écarte.

    `regardee` faux : elle n'était pas, ou n'est plus, parmi les structures regardées.
    """

    cle: str
    criteres: tuple[tuple[str, bool], ...] = ()
    regardee: bool = True


@dataclass(frozen=True, slots=True)
class Ecart:
    """Ce qui a changé d'un résultat au suivant ; `changes` : les codes des critères retouchés."""

    entrees: tuple[Mouvement, ...]
    sorties: tuple[Mouvement, ...]
    restees: int
    changes: tuple[str, ...]
    cadre_change: bool

    def __bool__(self) -> bool:
        return bool(self.entrees or self.sorties or self.changes or self.cadre_change)


def comparer(avant: Tirage, apres: Tirage) -> Ecart:
    """Ce qui distingue deux résultats. Les mouvements sont dans l'ordre de leurs listes."""
    entrees = [cle for cle in apres.retenues if cle not in avant.retenues]
    sorties = [cle for cle in avant.retenues if cle not in apres.retenues]
    codes = {**avant.criteres, **apres.criteres}
    return Ecart(
        entrees=tuple(_mouvement(cle, avant) for cle in entrees),
        sorties=tuple(_mouvement(cle, apres) for cle in sorties),
        restees=len(apres.retenues) - len(entrees),
        changes=tuple(c for c in codes if avant.criteres.get(c) != apres.criteres.get(c)),
        cadre_change=avant.cadre != apres.cadre,
    )


def _mouvement(cle: str, ailleurs: Tirage) -> Mouvement:
    """Pourquoi cette structure ne figure pas dans l'autre résultat."""
    if cle not in ailleurs.ecartees:
        return Mouvement(cle, regardee=False)
    return Mouvement(cle, tuple(ailleurs.refus(cle)))
