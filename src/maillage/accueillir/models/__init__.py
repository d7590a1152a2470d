"""Modèles de l'accueil, du diagnostic partagé et du parcours."""

from maillage.accueillir.models.autorisation import (
    Autorisation,
    DossierDAutorisations,
    ExceptionDAutorisation,
    FormeDeLecture,
    Lecture,
    VoieDAutorisation,
)
from maillage.accueillir.models.demande import Constat, Demande, EtatDemande, PointDEligibilite
from maillage.accueillir.models.diagnostic import (
    Besoin,
    Diagnostic,
    EtatDiagnostic,
    EtatVolet,
    FormeDeDiagnostic,
    Volet,
)
from maillage.accueillir.models.objectif import ObjectifConvenu
from maillage.accueillir.models.parcours import Action, EtatAction, EtatParcours, Parcours
from maillage.accueillir.models.suivi import Devenir, Evolution, NoteDeParcours, PointDeSuivi

__all__ = [
    "Action",
    "Autorisation",
    "Besoin",
    "Constat",
    "Demande",
    "Devenir",
    "Diagnostic",
    "DossierDAutorisations",
    "EtatAction",
    "EtatDemande",
    "EtatDiagnostic",
    "EtatParcours",
    "EtatVolet",
    "Evolution",
    "ExceptionDAutorisation",
    "FormeDeDiagnostic",
    "FormeDeLecture",
    "Lecture",
    "NoteDeParcours",
    "ObjectifConvenu",
    "Parcours",
    "PointDEligibilite",
    "PointDeSuivi",
    "VoieDAutorisation",
    "Volet",
]
