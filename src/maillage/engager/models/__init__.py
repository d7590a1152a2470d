"""Partenaires, objectifs, validations et budget (étape 2 du cycle)."""

from maillage.engager.models.accords import (
    Avis,
    EtatValidation,
    Mode,
    Sens,
    ValidationDuPorteur,
)
from maillage.engager.models.argent import EtatFinancement, Financement, LigneDeBudget, Nature
from maillage.engager.models.buts import Niveau, Objectif, ProjetDEvaluation
from maillage.engager.models.partenaires import (
    AttentesDePartenaire,
    EtatPartenariat,
    Partenariat,
    Verification,
)

__all__ = [
    "AttentesDePartenaire",
    "Avis",
    "EtatFinancement",
    "EtatPartenariat",
    "EtatValidation",
    "Financement",
    "LigneDeBudget",
    "Mode",
    "Nature",
    "Niveau",
    "Objectif",
    "Partenariat",
    "ProjetDEvaluation",
    "Sens",
    "ValidationDuPorteur",
    "Verification",
]
