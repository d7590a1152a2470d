"""Tables de l'annuaire : organisations, personnes, registre de référence, recherche."""

from maillage.annuaire.models.chiffres import ChiffresAnnuels
from maillage.annuaire.models.doublons import Decision, Fusion, PaireDeFiches, PaireDuRegistre
from maillage.annuaire.models.imports import (
    ConstatDImport,
    EtatImport,
    ImportDeRegistre,
    Registre,
)
from maillage.annuaire.models.organisations import Organisation
from maillage.annuaire.models.personnes import Personne, Rattachement
from maillage.annuaire.models.recherche import (
    EntreeDuRegistre,
    MotDuVocabulaire,
    MotsDOrganisation,
    RechercheGardee,
)
from maillage.annuaire.models.registre import AssociationRNA, Etablissement, UniteLegale
from maillage.annuaire.models.types import Agrement, Nature, Role

__all__ = [
    "Agrement",
    "AssociationRNA",
    "ChiffresAnnuels",
    "ConstatDImport",
    "Decision",
    "EntreeDuRegistre",
    "Etablissement",
    "EtatImport",
    "Fusion",
    "ImportDeRegistre",
    "MotDuVocabulaire",
    "MotsDOrganisation",
    "Nature",
    "Organisation",
    "PaireDeFiches",
    "PaireDuRegistre",
    "Personne",
    "Rattachement",
    "RechercheGardee",
    "Registre",
    "Role",
    "UniteLegale",
]
