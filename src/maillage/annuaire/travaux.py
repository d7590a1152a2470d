"""Les travaux de l'annuaire, inscrits au démarrage."""

from maillage.annuaire.registre.importer import travail as travail
