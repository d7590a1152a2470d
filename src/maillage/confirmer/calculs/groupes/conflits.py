"""Pourquoi rien ne tient : un plus petit ensemble de contraintes qui se contredisent.

Minimal : en lever une seule rend les autres tenables. Il peut y en avoir d'autres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import assembler
from maillage.confirmer.calculs.groupes.faisabilite import Indecis, repartir
from maillage.confirmer.calculs.groupes.probleme import Probleme


class Sorte(StrEnum):
    """Ce qu'une contrainte impose ; `rangs` dit à qui."""

    TOUTES_PLACEES = "toutes_placees"
    ENSEMBLE = "ensemble"
    INCOMPATIBLES = "incompatibles"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"


@dataclass(frozen=True, slots=True)
class Contrainte:
    """Une contrainte : deux structures, ou un groupe ; rien pour « toutes placées »."""

    sorte: Sorte
    rangs: tuple[int, ...] = ()


def expliquer(probleme: Probleme) -> list[Contrainte] | None:
    """Des contraintes qui se contredisent, aucune de trop ; vide si tout peut tenir.

    None si l'on ne sait pas le dire en un temps raisonnable.
    """
    gardees = contraintes(probleme)
    try:
        if _tient(probleme, gardees):
            return []
        for contrainte in list(gardees):
            sans = [c for c in gardees if c != contrainte]
            if not _tient(probleme, sans):
                gardees = sans
    except Indecis:
        return None
    return gardees


def contraintes(probleme: Probleme) -> list[Contrainte]:
    """Toutes les contraintes d'un problème."""
    posees = [Contrainte(Sorte.ENSEMBLE, paire) for paire in probleme.ensemble]
    posees += [Contrainte(Sorte.INCOMPATIBLES, paire) for paire in probleme.incompatibles]
    posees += [Contrainte(Sorte.MINIMUM, (g,)) for g in range(probleme.m) if probleme.minima[g]]
    posees += [
        Contrainte(Sorte.MAXIMUM, (g,))
        for g in range(probleme.m)
        if probleme.maxima[g] < probleme.n
    ]
    if probleme.facultatif is None:
        posees.append(Contrainte(Sorte.TOUTES_PLACEES))
    return posees


def _tient(probleme: Probleme, gardees: Sequence[Contrainte]) -> bool:
    """Vrai s'il existe une répartition avec ces seules contraintes."""
    paires = {
        sorte: tuple((c.rangs[0], c.rangs[1]) for c in gardees if c.sorte is sorte)
        for sorte in (Sorte.ENSEMBLE, Sorte.INCOMPATIBLES)
    }
    groupes = {
        sorte: [c.rangs[0] for c in gardees if c.sorte is sorte]
        for sorte in (Sorte.MINIMUM, Sorte.MAXIMUM)
    }
    minima = np.zeros(probleme.m, dtype=np.int64)
    minima[groupes[Sorte.MINIMUM]] = probleme.minima[groupes[Sorte.MINIMUM]]
    maxima = np.full(probleme.m, max(probleme.n, int(minima.max())))
    maxima[groupes[Sorte.MAXIMUM]] = probleme.maxima[groupes[Sorte.MAXIMUM]]
    toutes = Contrainte(Sorte.TOUTES_PLACEES) in gardees
    allege = replace(
        probleme,
        minima=minima,
        maxima=maxima,
        ensemble=paires[Sorte.ENSEMBLE],
        incompatibles=paires[Sorte.INCOMPATIBLES],
        facultatif=None if toutes else 0.0,
    )
    return repartir(assembler(allege)) is not None
