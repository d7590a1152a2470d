"""Périmètres : des ensembles libres de territoires de tout niveau.

En SQL, un périmètre se filtre par `Territoire.objects.dans(ids)` ; en Python, par `couvre`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from maillage.socle.mots import enumerer
from maillage.territoires.models import Niveau, Territoire

_DU_PLUS_GRAND = [Niveau.PAYS, Niveau.REGION, Niveau.DEPARTEMENT, Niveau.EPCI, Niveau.COMMUNE]


def couvre(ids_perimetre: Collection[int], territoire: Territoire | None) -> bool:
    """Vrai si le territoire, ou l'un de ses contenants, est dans le périmètre."""
    return territoire is not None and not set(ids_perimetre).isdisjoint(territoire.chemin)


def nommer(territoires: Iterable[Territoire]) -> str:
    """Nomme un périmètre, du plus grand au plus petit : « Calvados et Manche », « France »."""

    def rang(territoire: Territoire) -> tuple[int, str]:
        return _DU_PLUS_GRAND.index(Niveau(territoire.niveau)), territoire.nom_normalise

    noms = [territoire.nom for territoire in sorted(territoires, key=rang)]
    return enumerer(noms) or "aucun territoire"
