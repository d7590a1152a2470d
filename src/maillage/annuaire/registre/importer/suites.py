"""Ce qui se refait une fois un registre importé : statistiques, index de recherche…"""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection

from maillage.annuaire.models import AssociationRNA, Etablissement, Registre, UniteLegale

Avancer = Callable[[int, int, str], None]
Suite = Callable[[Avancer], None]

TABLES = {
    Registre.RNA: (AssociationRNA,),
    Registre.SIRENE: (UniteLegale, Etablissement),
}
SUITES: dict[Registre, list[Suite]] = {registre: [] for registre in Registre}
"""Par registre, ce qu'il faut refaire ; inscrit par `AnnuaireConfig.ready()`, répétable."""


def conclure(registre: Registre, avancer: Avancer) -> None:
    """Met à jour les statistiques de PostgreSQL, puis fait chaque suite."""
    with connection.cursor() as curseur:
        for modele in TABLES[registre]:
            curseur.execute(f"ANALYZE {modele._meta.db_table}")
    for suite in SUITES[registre]:
        suite(avancer)
