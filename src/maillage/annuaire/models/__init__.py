"""Tables de l'annuaire : organisations, chiffres annuels, personnes, rattachements."""

from maillage.annuaire.models.organisations import ChiffresAnnuels, Organisation
from maillage.annuaire.models.personnes import Personne, Rattachement
from maillage.annuaire.models.types import Agrement, Nature, Role

__all__ = [
    "Agrement",
    "ChiffresAnnuels",
    "Nature",
    "Organisation",
    "Personne",
    "Rattachement",
    "Role",
]
