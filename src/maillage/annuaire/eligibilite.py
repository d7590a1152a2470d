"""Qui le DLA peut accompagner : un statut de l'ESS, ou un agrément (règle 4, loi ESS de 2014)."""

from __future__ import annotations

from enum import StrEnum

from maillage.annuaire.models import Organisation
from maillage.annuaire.nomenclatures import CATEGORIES_JURIDIQUES


class Eligibilite(StrEnum):
    """Ce que l'on peut en dire ; un statut inconnu n'est pas un refus."""

    PAR_AGREMENT = "oui, par son agrément"
    PAR_STATUT = "oui, par son statut"
    NON = "non, sauf agrément"
    A_VERIFIER = "à vérifier : forme juridique inconnue"


def eligibilite(organisation: Organisation) -> Eligibilite:
    """L'agrément l'emporte ; à défaut, la catégorie juridique tranche si elle est connue."""
    if organisation.agrements:
        return Eligibilite.PAR_AGREMENT
    categorie = CATEGORIES_JURIDIQUES.get(organisation.categorie_juridique)
    if categorie is None:
        return Eligibilite.A_VERIFIER
    return Eligibilite.PAR_STATUT if categorie.ess else Eligibilite.NON
