"""Tables de l'annuaire : organisations, personnes, rattachements ; registres nationaux."""

from maillage.annuaire.models.organisations import ChiffresAnnuels, Organisation
from maillage.annuaire.models.personnes import Personne, Rattachement
from maillage.annuaire.models.registre import AssociationRNA, Etablissement, UniteLegale
from maillage.annuaire.models.types import Agrement, Nature, Role

__all__ = [
    "Agrement",
    "AssociationRNA",
    "ChiffresAnnuels",
    "Etablissement",
    "Nature",
    "Organisation",
    "Personne",
    "Rattachement",
    "Role",
    "UniteLegale",
]
