"""Formulaires de l'annuaire."""

from maillage.annuaire.forms.chiffres import FormulaireDeChiffres
from maillage.annuaire.forms.organisations import FormulaireDOrganisation
from maillage.annuaire.forms.personnes import FormulaireDePersonne, FormulaireDInvitation

__all__ = [
    "FormulaireDInvitation",
    "FormulaireDOrganisation",
    "FormulaireDeChiffres",
    "FormulaireDePersonne",
]
