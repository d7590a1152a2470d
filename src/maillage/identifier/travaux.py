"""Les travaux de l'étape, inscrits au démarrage."""

from maillage.identifier.regroupement import travail as regroupement

__all__ = ["regroupement"]
