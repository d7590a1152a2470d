"""Formulaires des besoins, des problématiques et du cadrage d'une mission."""

from maillage.identifier.forms.besoins import (
    FormulaireDeBesoin,
    FormulaireDeSaisie,
    FormulaireDeSignal,
    FormulaireDeThemes,
)
from maillage.identifier.forms.cadrage import FormulaireDeCiblage, FormulaireDeRole
from maillage.identifier.forms.problematiques import (
    FormulaireDeProblematique,
    FormulaireDeRattachement,
    FormulaireDeStructure,
    FormulaireDOrientation,
)

__all__ = [
    "FormulaireDOrientation",
    "FormulaireDeBesoin",
    "FormulaireDeCiblage",
    "FormulaireDeProblematique",
    "FormulaireDeRattachement",
    "FormulaireDeRole",
    "FormulaireDeSaisie",
    "FormulaireDeSignal",
    "FormulaireDeStructure",
    "FormulaireDeThemes",
]
