"""Les travaux de l'étape « confirmer », inscrits au démarrage."""

from maillage.confirmer.groupes import travail as groupes

__all__ = ["groupes"]
