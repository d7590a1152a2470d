"""Un petit registre, indexé."""

from __future__ import annotations

from datetime import date
from typing import Any

from maillage.annuaire.models import AssociationRNA, Etablissement, UniteLegale
from maillage.annuaire.numeros import luhn
from maillage.annuaire.recherche.index import reconstruire
from maillage.territoires.models import Territoire


def association(numero: str, nom: str, commune: Territoire | None, **champs: Any) -> AssociationRNA:
    """Une association du RNA, créée en 1998 sauf mention contraire."""
    champs.setdefault("creee_le", date(1998, 5, 4))
    return AssociationRNA.objects.create(
        numero=numero,
        nom=nom,
        commune=commune,
        libelle_commune=commune.nom if commune else "",
        **champs,
    )


def unite(siren: str, nom: str, commune: Territoire, **champs: Any) -> UniteLegale:
    """Une unité légale de SIRENE et son siège."""
    siege = next(s for s in (f"{siren}{nic:05}" for nic in range(1, 99)) if luhn(s))
    Etablissement.objects.create(siret=siege, siren=siren, siege=True, commune=commune)
    return UniteLegale.objects.create(siren=siren, nom=nom, siege=siege, **champs)


def indexer(*_lignes: Any) -> None:
    """Les lignes posées se cherchent."""
    reconstruire()
