"""Ce qui se refait une fois un registre importé : les statistiques, la recherche."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection

from maillage.annuaire.models import AssociationRNA, Etablissement, UniteLegale
from maillage.annuaire.recherche.index import reconstruire

Avancer = Callable[[int, int, str], None]


def conclure(avancer: Avancer) -> None:
    """Tient PostgreSQL et la recherche au courant ; peut être refait."""
    with connection.cursor() as curseur:
        for modele in (AssociationRNA, UniteLegale, Etablissement):
            curseur.execute(f"ANALYZE {modele._meta.db_table}")
    reconstruire(lambda libelle, rang, sur: avancer(rang, sur, f"recherche : {libelle}"))
