"""Périmètres : des ensembles libres de territoires de tout niveau.

En SQL, un périmètre se filtre par `commune__chemin__overlap=ids` ; en Python, par `couvre`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from maillage.socle.mots import enumerer
from maillage.territoires.models import Niveau, Territoire

_DU_PLUS_GRAND = [Niveau.PAYS, Niveau.REGION, Niveau.DEPARTEMENT, Niveau.EPCI, Niveau.COMMUNE]


def ids_couverts(ids_perimetre: Iterable[int]) -> QuerySet[Territoire, int]:
    """Identifiants, en sous-requête, de tous les territoires que recouvre un périmètre."""
    return Territoire.objects.dans(ids_perimetre).values_list("pk", flat=True)


def couvre(ids_perimetre: Collection[int], territoire: Territoire | None) -> bool:
    """Vrai si le territoire, ou l'un de ses contenants, est dans le périmètre."""
    return territoire is not None and not set(ids_perimetre).isdisjoint(territoire.chemin)


def nommer(territoires: Iterable[Territoire]) -> str:
    """Nomme un périmètre, du plus grand au plus petit : « Calvados et Manche », « France »."""

    def rang(territoire: Territoire) -> tuple[int, str]:
        return _DU_PLUS_GRAND.index(Niveau(territoire.niveau)), territoire.nom_normalise

    noms = [territoire.nom for territoire in sorted(territoires, key=rang)]
    return enumerer(noms) or "aucun territoire"
