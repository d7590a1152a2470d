"""Qui écrit un diagnostic, qui le valide ; qui le lit tient aux autorisations (règle 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.accueillir import droits
from maillage.accueillir.models import Diagnostic, EtatDiagnostic
from maillage.accueillir.visibilite import motifs_de
from maillage.annuaire.droits import peut_modifier as peut_suivre
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.annuaire.models import Organisation
    from maillage.socle.comptes import Utilisateur


def peut_ouvrir(utilisateur: Utilisateur, structure: Organisation) -> Decision:
    """L'équipe d'un DLA, pour une structure qu'elle suit ou qui est sur son territoire."""
    accueille = droits.peut_accueillir(utilisateur)
    return peut_suivre(utilisateur, structure) if accueille else accueille


def peut_ecrire(utilisateur: Utilisateur, diagnostic: Diagnostic) -> Decision:
    """L'équipe qui le mène, tant qu'il n'est ni soumis ni validé."""
    modifie = droits.peut_modifier(utilisateur, diagnostic)
    if not modifie or diagnostic.se_modifie:
        return modifie
    if diagnostic.etat == EtatDiagnostic.VALIDE:
        return refuse(
            "La structure l’a validé : il ne change plus.", "Ouvrez-en un nouveau, qui le reprend."
        )
    return refuse(
        "La structure le relit : il ne change pas pendant ce temps.",
        "Remettez-le en cours depuis sa page, elle le saura.",
    )


def peut_valider(utilisateur: Utilisateur, diagnostic: Diagnostic) -> Decision:
    """Un contact de la structure, quand il lui est soumis."""
    siens = [m for m in motifs_de(utilisateur, diagnostic) if m.champ == "structure"]
    if not siens:
        return refuse(
            "Valider un diagnostic revient à la structure.",
            f"Un contact de {diagnostic.structure}.",
        )
    if diagnostic.etat == EtatDiagnostic.A_VALIDER:
        return permis(siens[0].phrase)
    return refuse("Ce diagnostic n’attend pas de validation.", f"{diagnostic.operateur.nom}.")


def peut_relire(utilisateur: Utilisateur, diagnostic: Diagnostic) -> Decision:
    """La structure lit ce qui lui est soumis ou ce qu'elle a validé, pas ce que le DLA reprend."""
    if droits.peut_modifier(utilisateur, diagnostic) or not diagnostic.se_modifie:
        return droits.peut_voir(utilisateur, diagnostic)
    return refuse(
        "Le DLA reprend ce diagnostic : il vous reviendra à valider.",
        f"{diagnostic.operateur.nom}.",
    )
