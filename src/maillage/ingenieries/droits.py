"""Qui lit et qui modifie un dossier, et pourquoi."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, Value, When
from django.http import Http404

from maillage.annuaire.perimetre import perimetre_de
from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from maillage.ingenieries.visibilite import Motif, motifs
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

_FERMES = frozenset({EtatIngenierie.CLOSE, EtatIngenierie.ABANDONNEE})


@dataclass(frozen=True, slots=True)
class Regard:
    """Ce qu'une personne voit d'un dossier : pourquoi, avec ou sans l'interne, et ce qu'elle peut.

    `pilote` : elle exerce dans le DLA pilote, même si le dossier est clos. `instruit` : elle lit
    l'argent qui se négocie encore, parce qu'elle est du DLA ou que son avis est demandé.
    """

    pourquoi: str
    voit_interne: bool
    instruit: bool
    pilote: bool
    modifier: Decision


def regard(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Regard:
    """Le regard de cette personne sur ce dossier ; une requête, une fois par page.

    Lève `Http404` si rien ne lui ouvre le dossier : hors périmètre, il n'existe pas.
    """
    ouverts = _motifs_ouverts(utilisateur, ingenierie.pk)
    if not ouverts:
        raise Http404
    pilote = any(m.modifie for m in ouverts)
    return Regard(
        pourquoi=ouverts[0].phrase,
        voit_interne=any(m.interne for m in ouverts),
        instruit=any(m.interne or m.instruit for m in ouverts),
        pilote=pilote,
        modifier=_modifier(ingenierie, pilote),
    )


def peut_voir(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Decision:
    """La face « objet » de `visibles_par`."""
    ouverts = _motifs_ouverts(utilisateur, ingenierie.pk)
    if ouverts:
        return permis(ouverts[0].phrase)
    return refuse("Cette mission est hors de votre périmètre.", "Le DLA qui la pilote.")


def peut_modifier(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Decision:
    """Seul le DLA pilote écrit dans un dossier, et tant que la mission est ouverte."""
    return regard(utilisateur, ingenierie).modifier


def peut_voir_interne(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Decision:
    """Notes, posture, attentes croisées : réservées aux DLA de la mission (règle 9)."""
    if regard(utilisateur, ingenierie).voit_interne:
        return permis("Votre DLA porte cette mission.")
    return refuse("Cette partie est interne au DLA de la mission.")


def peut_ouvrir(utilisateur: Utilisateur) -> Decision:
    """Ouvrir une mission demande d'exercer dans un DLA."""
    if perimetre_de(utilisateur).operateurs:
        return permis("Vous exercez dans un DLA : vous pouvez ouvrir une mission.")
    return refuse(
        "Ouvrir une mission revient aux chargé·es d’accompagnement et responsables d’un DLA.",
        "Le DLA de votre département.",
    )


def candidats(utilisateur: Utilisateur) -> list[Motif]:
    """Les motifs que son périmètre donne à cette personne, la plus forte raison d'abord."""
    return list(motifs(perimetre_de(utilisateur)))


def marques(possibles: Sequence[Motif]) -> dict[str, Case]:
    """Une annotation SQL par motif : vrai s'il retient le dossier."""
    return {
        f"motif_{rang}": Case(When(m.filtre, then=Value(True)), default=Value(False))
        for rang, m in enumerate(possibles)
    }


def retenir(
    utilisateur: Utilisateur, pk: UUID, possibles: Sequence[Motif], ligne: Mapping[str, Any]
) -> Sequence[Motif]:
    """Les motifs marqués vrais sur cette ligne, gardés pour le reste de la page."""
    ouverts = [m for rang, m in enumerate(possibles) if ligne.get(f"motif_{rang}")]
    _memoire(utilisateur)[pk] = ouverts
    return ouverts


def _motifs_ouverts(utilisateur: Utilisateur, pk: UUID) -> Sequence[Motif]:
    memoire = _memoire(utilisateur)
    if pk not in memoire:
        possibles = candidats(utilisateur)
        annotees = marques(possibles)
        lignes = Ingenierie.objects.filter(pk=pk).annotate(**annotees).values(*annotees)
        ligne = lignes.first() if possibles else None
        retenir(utilisateur, pk, possibles, ligne or {})
    return memoire[pk]


def _memoire(utilisateur: Utilisateur) -> dict[UUID, Sequence[Motif]]:
    """Les motifs déjà lus, gardés sur l'utilisateur de la requête."""
    garde: Any = utilisateur
    memoire: dict[UUID, Sequence[Motif]] = garde.__dict__.setdefault("_motifs_ouverts", {})
    return memoire


def _modifier(ingenierie: Ingenierie, pilote: bool) -> Decision:
    if not pilote:
        return refuse(
            "Vous lisez cette mission sans pouvoir la modifier : seul le DLA pilote y écrit.",
            f"{ingenierie.operateur.nom}.",
        )
    if ingenierie.etat in _FERMES:
        return refuse(
            f"La mission est {ingenierie.get_etat_display()} : elle ne se modifie plus.",
            "Reprenez la mission depuis sa page pour la rouvrir.",
        )
    return permis("Votre DLA pilote cette mission.")
