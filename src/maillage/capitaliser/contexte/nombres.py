"""Écrire un nombre que la source ne dit pas toujours."""

from __future__ import annotations

from maillage.socle.quantites import Quantite, Total

INCONNU = "inconnu"


def ecrire(quantite: Quantite | Total) -> str:
    """Le nombre et son unité ; « inconnu » si aucun terme d'un total ne l'est."""
    rien = isinstance(quantite, Total) and not quantite.connues
    return INCONNU if rien else str(quantite)


def si_connue(quantite: Quantite) -> str:
    """Vide plutôt qu'« inconnu »."""
    return str(quantite) if quantite.connue else ""
