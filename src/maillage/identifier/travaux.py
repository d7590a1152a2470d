"""Les travaux de l'étape, inscrits au démarrage."""

from maillage.identifier.ciblage import travail as ciblage
from maillage.identifier.regroupement import travail as regroupement

__all__ = ["ciblage", "regroupement"]
