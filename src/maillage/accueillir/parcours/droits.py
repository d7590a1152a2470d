"""Ce que l'on peut faire d'un parcours ; lire et voir l'interne : `accueillir.droits`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.accueillir.droits import peut_accueillir, peut_modifier
from maillage.accueillir.models import Action, EtatParcours, Parcours
from maillage.accueillir.models.parcours import PROPRE
from maillage.accueillir.parcours.transitions import TERMINER
from maillage.accueillir.visibilite import motifs_de
from maillage.annuaire import droits as annuaire
from maillage.annuaire.models import Organisation
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

LA_STRUCTURE_NE_DIT_QUE_FAIT = "Vous pouvez dire qu’une action confiée à votre structure est faite."


@dataclass(frozen=True, slots=True)
class Regard:
    """Ce qu'une personne voit d'un parcours : pourquoi, avec ou sans l'interne.

    `suit` : elle est de l'équipe qui accompagne. `modifier` : et le parcours est en cours.
    """

    pourquoi: str
    suit: bool
    modifier: Decision


def regard(utilisateur: Utilisateur, parcours: Parcours) -> Regard:
    """Le regard de cette personne sur un parcours qu'elle voit (aucune requête)."""
    ouverts = motifs_de(utilisateur, parcours)
    return Regard(
        ouverts[0].phrase,
        any(m.interne for m in ouverts),
        peut_ecrire(utilisateur, parcours),
    )


def peut_ouvrir(utilisateur: Utilisateur, structure: Organisation) -> Decision:
    """L'équipe d'un DLA, pour une structure qu'il suit ou dont il couvre le territoire."""
    if not (equipe := peut_accueillir(utilisateur)):
        return equipe
    if not structure.est_structure:
        return refuse("Un parcours accompagne une structure : ceci est un partenaire du DLA.")
    return annuaire.peut_voir_interne(utilisateur, structure)


def peut_ecrire(utilisateur: Utilisateur, parcours: Parcours) -> Decision:
    """L'équipe qui accompagne écrit, tant que le parcours est en cours."""
    equipe = peut_modifier(utilisateur, parcours)
    if equipe and parcours.etat != EtatParcours.EN_COURS:
        return refuse(
            f"Ce parcours est {parcours.get_etat_display()} : il ne se modifie plus.",
            "Reprenez-le depuis sa page pour le rouvrir.",
        )
    return equipe


def peut_jouer(
    utilisateur: Utilisateur, parcours: Parcours, action: Action, verbe: str
) -> Decision:
    """L'équipe joue tous les verbes ; la structure dit faite une action qui lui revient."""
    if decision := peut_ecrire(utilisateur, parcours):
        return decision
    equipe = any(m.interne for m in motifs_de(utilisateur, parcours))
    if equipe or parcours.etat != EtatParcours.EN_COURS:
        return decision
    if verbe == TERMINER and est_a_la_structure(utilisateur, action):
        return permis("Cette action revient à votre structure.")
    return refuse(LA_STRUCTURE_NE_DIT_QUE_FAIT, f"{parcours.operateur.nom}.")


def est_a_la_structure(utilisateur: Utilisateur, action: Action) -> bool:
    """Une action que la structure mène elle-même, ou confiée à cette personne."""
    moi = perimetre_de(utilisateur).personne
    return action.sorte == PROPRE or (moi is not None and action.personne_id == moi)


def montre_les_besoins(parcours: Parcours, vue: Regard) -> bool:
    """La structure lit les besoins d'un diagnostic soumis ou validé, pas de ce qui se reprend."""
    diagnostic = parcours.diagnostic
    return diagnostic is not None and (vue.suit or not diagnostic.se_modifie)
