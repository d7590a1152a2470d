"""Qui lit quoi à l'étape « finaliser »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.ingenieries.droits import peut_voir_interne
from maillage.socle.droits import Decision, refuse

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.socle.comptes import Utilisateur


def peut_lire_les_reponses(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Decision:
    """Ce que chacun a répondu reste aux DLA ; les autres en lisent la synthèse et les résultats."""
    decision = peut_voir_interne(utilisateur, ingenierie)
    if decision:
        return decision
    return refuse(
        "Les réponses de chacun restent aux DLA de la mission ; la synthèse se lit sur sa page.",
        ingenierie.operateur.nom,
    )
