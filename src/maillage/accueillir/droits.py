"""Qui accueille, lit et écrit ; la face « objet » de `visibilite`, avec la raison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.accueillir.visibilite import motifs_de
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def peut_accueillir(utilisateur: Utilisateur) -> Decision:
    """Noter une demande, ouvrir un diagnostic ou un parcours : l'équipe d'un opérateur du DLA."""
    if perimetre_de(utilisateur).operateurs:
        return permis("Vous accompagnez des structures.")
    return refuse(
        "Accueillir une structure revient à l’équipe d’un DLA.", "Le DLA de son département."
    )


def peut_voir(utilisateur: Utilisateur, objet: Any) -> Decision:
    """La face « objet » de `visibles_par`, pour ce qui porte une structure et un opérateur."""
    if ouverts := motifs_de(utilisateur, objet):
        return permis(ouverts[0].phrase)
    return refuse("Ceci est hors de votre périmètre.", _qui_accompagne(objet))


def peut_modifier(utilisateur: Utilisateur, objet: Any) -> Decision:
    """Seule l'équipe du DLA qui accompagne y écrit."""
    ouverts = [m for m in motifs_de(utilisateur, objet) if m.interne]
    if ouverts:
        return permis(ouverts[0].phrase)
    return refuse("Vous lisez cette page sans pouvoir la modifier.", _qui_accompagne(objet))


def peut_voir_interne(utilisateur: Utilisateur, objet: Any) -> Decision:
    """Ce qui est interne au DLA se lit dans l'équipe qui accompagne, et nulle part ailleurs."""
    if any(m.interne for m in motifs_de(utilisateur, objet)):
        return permis("Votre DLA accompagne cette structure.")
    return refuse("Cette partie est interne au DLA.", _qui_accompagne(objet))


def _qui_accompagne(objet: Any) -> str:
    return f"{objet.operateur.nom}."
