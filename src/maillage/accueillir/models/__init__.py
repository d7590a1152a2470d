"""Modèles de l'accueil, du diagnostic partagé et du parcours."""

from maillage.accueillir.models.demande import Constat, Demande, EtatDemande, PointDEligibilite
from maillage.accueillir.models.diagnostic import (
    Besoin,
    Diagnostic,
    EtatDiagnostic,
    FormeDeDiagnostic,
    Volet,
)
from maillage.accueillir.models.parcours import (
    Action,
    EtatAction,
    EtatParcours,
    Parcours,
    PointDeSuivi,
)

__all__ = [
    "Action",
    "Besoin",
    "Constat",
    "Demande",
    "Diagnostic",
    "EtatAction",
    "EtatDemande",
    "EtatDiagnostic",
    "EtatParcours",
    "FormeDeDiagnostic",
    "Parcours",
    "PointDEligibilite",
    "PointDeSuivi",
    "Volet",
]
