"""Qui lit la charge d'un opérateur, et qui en écrit les objectifs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from maillage.annuaire.models import Role
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def peut_lire(utilisateur: Utilisateur) -> Decision:
    """L'équipe d'un opérateur ; un financeur n'y entre pas, même s'il a convenu d'un objectif."""
    if perimetre_de(utilisateur).operateurs:
        return permis("Votre équipe lit sa charge et ses objectifs.")
    return refuse(
        "La charge et les objectifs se lisent dans l’équipe du DLA.",
        "Demandez ces chiffres au DLA avec qui vous travaillez.",
    )


def peut_convenir(utilisateur: Utilisateur) -> Decision:
    """La ou le responsable de l'opérateur écrit les objectifs."""
    if responsable_de(utilisateur):
        return permis("Vous êtes responsable de ce DLA.")
    return refuse(
        "Les objectifs sont écrits par la ou le responsable du DLA.", "La ou le responsable."
    )


def responsable_de(utilisateur: Utilisateur) -> frozenset[UUID]:
    """Les opérateurs dont cette personne est responsable."""
    tenus = perimetre_de(utilisateur).tenus({Role.RESPONSABLE})
    return frozenset(e.organisation for e in tenus)
