"""Ce que l'étape édite dans le dossier."""

from maillage.identifier.forms import FormulaireDeRole
from maillage.ingenieries.edition import Edition

ROLE = Edition(
    code="role",
    nom="le rôle du DLA",
    formulaire=FormulaireDeRole,
    demarche="identifier.positionner",
    aide="Interne au DLA : ni partenaire, ni export, ni fiche ne le montre jamais.",
    unique=True,
)
