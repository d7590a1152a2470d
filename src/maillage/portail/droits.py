"""Qui remet un lien personnel : l'équipe du DLA qui accompagne, à un contact de la structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.accueillir.autorisations.droits import peut_decider
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.annuaire.models import Organisation
    from maillage.socle.comptes import Utilisateur


def peut_remettre(utilisateur: Utilisateur, structure: Organisation) -> Decision:
    """Le DLA qui accompagne la structure ; un contact n'en remet pas à un autre."""
    if perimetre_de(utilisateur).operateurs and peut_decider(utilisateur, structure):
        return permis("Votre DLA accompagne cette structure.")
    return refuse(
        "Les liens personnels se remettent par le DLA qui accompagne la structure.",
        structure.operateur.nom if structure.operateur else "Le DLA de son département.",
    )
