"""Qui pose un ciblage, le lit, le garde, et en verse les structures dans une mission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier.models import RechercheDeCiblage
from maillage.identifier.visibilite import mes_dla
from maillage.ingenieries import droits as missions
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def peut_cibler(utilisateur: Utilisateur) -> Decision:
    """Cibler des structures revient aux agents du DLA."""
    if mes_dla(perimetre_de(utilisateur)):
        return permis("Vous êtes agent·e du DLA.")
    return refuse("Cibler des structures revient aux agents du DLA.", "Le DLA de votre département")


def peut_voir(utilisateur: Utilisateur, recherche: RechercheDeCiblage) -> Decision:
    """La face « objet » de `visibles_par` : le DLA qui la tient, et lui seul.

    Qui la lit peut l'écrire : un ciblage est un outil de travail de l'équipe.
    """
    if recherche.operateur_id in mes_dla(perimetre_de(utilisateur)):
        return permis("Votre DLA tient ce ciblage.")
    return refuse("Ce ciblage est à un autre DLA.", "Le DLA qui le tient.")


def peut_reperer(utilisateur: Utilisateur, recherche: RechercheDeCiblage) -> Decision:
    """Verser des structures dans une mission demande de pouvoir y écrire (deux requêtes)."""
    if recherche.ingenierie is None:
        return refuse(
            "Ce ciblage n’est rattaché à aucune mission : modifiez-le pour en choisir une, puis "
            "vous y verserez ces structures."
        )
    mission = recherche.ingenierie
    vue = missions.peut_voir(utilisateur, mission)
    return missions.peut_modifier(utilisateur, mission) if vue else vue
