"""Les travaux de l'étape « confirmer », inscrits au démarrage."""

from maillage.confirmer.groupes import travail as groupes
from maillage.confirmer.mobilisation import envois

__all__ = ["envois", "groupes"]
