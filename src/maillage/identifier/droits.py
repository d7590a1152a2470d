"""Qui note, code, formule ; la face « objet » de `visibilite`, avec la raison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from maillage.annuaire.perimetre import Perimetre, perimetre_de
from maillage.identifier.models import EtatProblematique, Problematique, Rapprochement, Signal
from maillage.identifier.visibilite import (
    mes_dla,
    motifs_de_problematiques,
    motifs_de_rapprochements,
    motifs_de_signaux,
)
from maillage.ingenieries import droits as missions
from maillage.ingenieries.visibilite import Motif
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

_MOTIFS = {
    Signal: motifs_de_signaux,
    Problematique: motifs_de_problematiques,
    Rapprochement: motifs_de_rapprochements,
}
Besoin = Signal | Problematique | Rapprochement


def peut_noter(utilisateur: Utilisateur) -> Decision:
    """Noter un besoin, formuler une problématique : les agents du DLA."""
    if mes_dla(perimetre_de(utilisateur)):
        return permis("Vous êtes agent·e du DLA.")
    return refuse(
        "Noter un besoin revient aux agents du DLA.", "Le DLA de votre département, qui le notera."
    )


def peut_voir(utilisateur: Utilisateur, besoin: Besoin) -> Decision:
    """La face « objet » de `visibles_par`, pour un signal ou une problématique."""
    ouverts = _ouverts(utilisateur, besoin)
    if ouverts:
        return permis(ouverts[0].phrase)
    return refuse("Ce besoin est hors de votre périmètre.", "Le DLA qui l’a noté.")


def peut_modifier(utilisateur: Utilisateur, besoin: Besoin) -> Decision:
    """Seul le DLA qui a noté le signal, ou porte la problématique, y écrit."""
    ouverts = [m for m in _ouverts(utilisateur, besoin) if m.modifie]
    if ouverts:
        return permis(ouverts[0].phrase)
    return refuse("Vous lisez ce besoin sans pouvoir le modifier.", f"{besoin.operateur.nom}.")


def peut_retirer(utilisateur: Utilisateur, signal: Signal) -> Decision:
    """Le DLA qui l'a noté ; celui d'un diagnostic se retire dans le diagnostic."""
    decision = peut_modifier(utilisateur, signal)
    if decision and signal.besoin_id:
        return refuse("Ce besoin vient d’un diagnostic : c’est là qu’il se corrige ou se retire.")
    return decision


def peut_ouvrir_une_mission(utilisateur: Utilisateur, problematique: Problematique) -> Decision:
    """Qui la lit et exerce dans un DLA peut en ouvrir une, sauf si elle est écartée."""
    decision = missions.peut_ouvrir(utilisateur)
    if decision and problematique.etat == EtatProblematique.ECARTEE:
        return refuse("Cette problématique est écartée : reprenez-la avant d’ouvrir une mission.")
    return decision


def _ouverts(utilisateur: Utilisateur, besoin: Besoin) -> Sequence[Motif]:
    """Les motifs qui retiennent ce besoin, lus en une requête, une fois par objet et périmètre."""
    perimetre = perimetre_de(utilisateur)
    gardes: dict[Any, Sequence[Motif]] = besoin.__dict__.setdefault("_motifs_ouverts", {})
    if perimetre not in gardes:
        gardes[perimetre] = _lire_les_ouverts(perimetre, besoin)
    return gardes[perimetre]


def _lire_les_ouverts(perimetre: Perimetre, besoin: Besoin) -> Sequence[Motif]:
    possibles = list(_MOTIFS[type(besoin)](perimetre))
    if not possibles:
        return []
    marques = missions.marques(possibles)
    lignes: Any = type(besoin)._default_manager.filter(pk=besoin.pk)
    ligne = lignes.annotate(**marques).values(*marques).first() or {}
    return [m for rang, m in enumerate(possibles) if ligne.get(f"motif_{rang}")]
