"""Qui remet un lien personnel (l'équipe du DLA qui accompagne), et qui répond par ce lien."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.accueillir.autorisations.droits import peut_decider
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from maillage.annuaire.models import Organisation
    from maillage.portail.models import PagePersonnelle
    from maillage.socle.comptes import Utilisateur


def peut_remettre(utilisateur: Utilisateur, structure: Organisation) -> Decision:
    """Le DLA qui accompagne la structure ; un contact n'en remet pas à un autre."""
    if perimetre_de(utilisateur).operateurs and peut_decider(utilisateur, structure):
        return permis("Votre DLA accompagne cette structure.")
    return refuse(
        "Les liens personnels se remettent par le DLA qui accompagne la structure.",
        structure.operateur.nom if structure.operateur else "Le DLA de son département.",
    )


def peut_repondre(utilisateur: Utilisateur | AnonymousUser, page: PagePersonnelle) -> Decision:
    """La personne elle-même : nul ne répond à sa place sous les yeux de son propre compte."""
    if not utilisateur.is_authenticated or page.personne.compte_id == utilisateur.pk:
        return permis("C’est votre page.")
    return refuse(
        f"Un compte est ouvert sur ce navigateur, celui de {utilisateur} : cette page est celle "
        f"de {page.personne}, qui répond elle-même.",
        "Fermez ce compte, ou ouvrez le lien sur un autre appareil. Ce que la structure dit de "
        "vive voix se consigne depuis votre compte, avec ce qui le montre.",
    )
