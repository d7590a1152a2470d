"""Les travaux de l'annuaire, inscrits au démarrage."""

from maillage.annuaire.doublons import travail as doublons
from maillage.annuaire.registre.importer import travail as travail

__all__ = ["doublons", "travail"]
