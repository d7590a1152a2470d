"""Ce que contient le registre, et comment il s'est rempli."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from maillage.annuaire.models import (
    AssociationRNA,
    Etablissement,
    ImportDeRegistre,
    Registre,
    UniteLegale,
)
from maillage.socle.quantites import ecrire_nombre

_TABLES = (
    (AssociationRNA, Registre.RNA, "Associations du RNA"),
    (UniteLegale, Registre.SIRENE, "Unités légales de SIRENE"),
    (Etablissement, Registre.SIRENE, "Établissements de SIRENE"),
)
_PEU = 10_000
_LIGNES = """
SELECT relname, reltuples::bigint FROM pg_class WHERE oid = ANY(%s::regclass[])
"""


@dataclass(frozen=True, slots=True)
class TableDuRegistre:
    """Une table : ce qu'elle réunit, combien de lignes, de quand date ce qu'elle dit."""

    libelle: str
    lignes: str
    precision: str
    mise_a_jour: datetime | None


def tables() -> list[TableDuRegistre]:
    """Les trois tables, en cinq requêtes au plus : compter des millions de lignes attendrait.

    Au-delà de dix mille lignes, le nombre est celui des statistiques de PostgreSQL, refaites
    après chaque import.
    """
    with connection.cursor() as curseur:
        curseur.execute(_LIGNES, [[modele._meta.db_table for modele, _, _ in _TABLES]])
        estimees = dict(curseur.fetchall())
    dates = dict(
        ImportDeRegistre.objects.finis()
        .order_by()
        .values_list("registre")
        .annotate(dernier=Max("fini_le"))
    )
    return [
        _table(modele, libelle, estimees[modele._meta.db_table], dates.get(registre))
        for modele, registre, libelle in _TABLES
    ]


def _table(
    modele: type[AssociationRNA] | type[UniteLegale] | type[Etablissement],
    libelle: str,
    estimees: int,
    mise_a_jour: datetime | None,
) -> TableDuRegistre:
    environ = estimees >= _PEU
    lignes = estimees if environ else modele.objects.count()
    return TableDuRegistre(
        libelle,
        ecrire_nombre(lignes),
        "environ" if environ else "",
        mise_a_jour if lignes else None,  # unités et établissements arrivent par deux fichiers
    )
