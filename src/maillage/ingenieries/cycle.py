"""Retrouver une démarche ou un point du cycle par son code."""

from __future__ import annotations

from functools import cache

from maillage import methode
from maillage.ingenieries.models import NatureIngenierie
from maillage.methode.notions.cycle import Demarche, Etape, Point


@cache
def regles() -> dict[str, Demarche | Point]:
    """Les 12 démarches et les 45 points, par code."""
    demarches = {d.code: d for d in methode.cycle().demarches}
    return {**demarches, **{p.code: p for p in methode.cycle().points}}


@cache
def demarche_de(code: str) -> Demarche:
    """La démarche de ce code, ou celle qui contient ce point ; `KeyError` s'il est inconnu."""
    return next(
        d
        for d in methode.cycle().demarches
        if d.code == regles()[code].code or code in {p.code for p in d.points}
    )


@cache
def etape_de(code: str) -> Etape:
    """L'étape qui contient cette démarche ou ce point."""
    demarche = demarche_de(code)
    return next(e for e in methode.cycle().etapes if demarche in e.demarches)


@cache
def demarches_de(nature: str) -> tuple[Demarche, ...]:
    """Celles qu'une mission de cette nature montre d'emblée (docs/decisions/0013)."""
    toutes = methode.cycle().demarches
    if nature != NatureIngenierie.INDIVIDUELLE:
        return toutes
    courtes = frozenset(methode.parcours().individuelle)
    return tuple(d for d in toutes if d.code in courtes)
