"""Étape 3 : structures mobilisées, groupes, projet, cahier des charges, consultation."""

from maillage.confirmer.models.campagne import (
    BrouillonDeReponse,
    Creneau,
    Disponibilite,
    EtatInvitation,
    Invitation,
    Mobilisation,
    PassageDePalier,
)
from maillage.confirmer.models.consultation import (
    Consultation,
    DecisionDOffre,
    EtatConsultation,
    NoteDOffre,
    Offre,
)
from maillage.confirmer.models.groupes import AppartenanceAuGroupe, Groupe
from maillage.confirmer.models.mobilisation import (
    RETRAITS,
    Atteint,
    ConcurrencePresumee,
    EffectifDeclare,
    Niveau,
    Palier,
    Participation,
)
from maillage.confirmer.models.projet import CahierDesCharges, EtatCahier, ProjetDIntervention
from maillage.confirmer.models.scenarios import (
    EtatDeScenario,
    ExigenceDeGroupe,
    ScenarioDeGroupes,
    SensDeSouhait,
    SorteDExigence,
    SouhaitDeGroupe,
)
from maillage.confirmer.models.suites import SuiteDAction

__all__ = [
    "RETRAITS",
    "AppartenanceAuGroupe",
    "Atteint",
    "BrouillonDeReponse",
    "CahierDesCharges",
    "ConcurrencePresumee",
    "Consultation",
    "Creneau",
    "DecisionDOffre",
    "Disponibilite",
    "EffectifDeclare",
    "EtatCahier",
    "EtatConsultation",
    "EtatDeScenario",
    "EtatInvitation",
    "ExigenceDeGroupe",
    "Groupe",
    "Invitation",
    "Mobilisation",
    "Niveau",
    "NoteDOffre",
    "Offre",
    "Palier",
    "Participation",
    "PassageDePalier",
    "ProjetDIntervention",
    "ScenarioDeGroupes",
    "SensDeSouhait",
    "SorteDExigence",
    "SouhaitDeGroupe",
    "SuiteDAction",
]
