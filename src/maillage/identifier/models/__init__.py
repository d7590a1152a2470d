"""Signaux, rapprochements, problématiques, ciblage et rôle du DLA (étape 1 du cycle)."""

from maillage.identifier.models.cadrage import Ciblage, RoleDuDLA
from maillage.identifier.models.codage import Codage
from maillage.identifier.models.orientation import Orientation
from maillage.identifier.models.problematique import EtatProblematique, Problematique
from maillage.identifier.models.rapprochement import (
    CumulDeTheme,
    DecisionDeRapprochement,
    EtatRapprochement,
    Rapprochement,
)
from maillage.identifier.models.recherches import (
    CompteDuRegistre,
    RechercheDeCiblage,
    ResultatDeCiblage,
    StructureCiblee,
)
from maillage.identifier.models.signal import Signal

__all__ = [
    "Ciblage",
    "Codage",
    "CompteDuRegistre",
    "CumulDeTheme",
    "DecisionDeRapprochement",
    "EtatProblematique",
    "EtatRapprochement",
    "Orientation",
    "Problematique",
    "Rapprochement",
    "RechercheDeCiblage",
    "ResultatDeCiblage",
    "RoleDuDLA",
    "Signal",
    "StructureCiblee",
]
