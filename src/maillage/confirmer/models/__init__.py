"""Étape 3 : structures mobilisées, groupes, projet, cahier des charges, consultation."""

from maillage.confirmer.models.consultation import (
    Consultation,
    DecisionDOffre,
    EtatConsultation,
    NoteDOffre,
    Offre,
)
from maillage.confirmer.models.groupes import AppartenanceAuGroupe, Groupe
from maillage.confirmer.models.mobilisation import (
    Atteint,
    ConcurrencePresumee,
    EffectifDeclare,
    Niveau,
    Palier,
    Participation,
)
from maillage.confirmer.models.projet import CahierDesCharges, EtatCahier, ProjetDIntervention
from maillage.confirmer.models.suites import SuiteDAction

__all__ = [
    "AppartenanceAuGroupe",
    "Atteint",
    "CahierDesCharges",
    "ConcurrencePresumee",
    "Consultation",
    "DecisionDOffre",
    "EffectifDeclare",
    "EtatCahier",
    "EtatConsultation",
    "Groupe",
    "Niveau",
    "NoteDOffre",
    "Offre",
    "Palier",
    "Participation",
    "ProjetDIntervention",
    "SuiteDAction",
]
