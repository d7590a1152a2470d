"""De petits parcours vrais, pour les tests de la pièce et de celles du bas."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from maillage.accueillir.models import Action, Besoin, Diagnostic, Parcours, PointDeSuivi
from maillage.annuaire.models import Organisation
from tests.fabriques import operateur, organisation


def jour(decalage: int = 0) -> Any:
    """Aujourd'hui, plus ou moins des jours."""
    return timezone.localdate() + timedelta(days=decalage)


def diagnostic(structure: Organisation | None = None, **champs: Any) -> Diagnostic:
    """Un diagnostic du DLA qui suit la structure, avec un besoin partagé."""
    structure = structure or organisation(operateur=operateur())
    champs.setdefault("operateur", structure.operateur)
    fait = Diagnostic.objects.create(structure=structure, **champs)
    Besoin.objects.create(diagnostic=fait, domaine="emploi", dit="Embaucher sans se perdre")
    return fait


def parcours(structure: Organisation | None = None, **champs: Any) -> Parcours:
    """Un parcours en cours, sans action."""
    structure = structure or organisation(operateur=operateur())
    champs.setdefault("operateur", structure.operateur)
    return Parcours.objects.create(structure=structure, **champs)


def action(dans: Parcours, **champs: Any) -> Action:
    """Une action de la structure elle-même, à moins de dire une autre sorte."""
    champs = {"sorte": "propre", "intitule": "Écrire la fiche de poste"} | champs
    return Action.objects.create(parcours=dans, **champs)


def point(dans: Parcours, **champs: Any) -> PointDeSuivi:
    """Une rencontre d'aujourd'hui."""
    return PointDeSuivi.objects.create(parcours=dans, **champs)
