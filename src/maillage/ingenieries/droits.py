"""Qui lit et qui modifie un dossier, et pourquoi."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Q, Value, When
from django.http import Http404

from maillage.annuaire.perimetre import perimetre_de
from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from maillage.ingenieries.visibilite import motifs
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class Regard:
    """Ce qu'une personne voit d'un dossier : pourquoi, avec ou sans l'interne, et ce qu'elle peut."""

    pourquoi: str
    voit_interne: bool
    pilote: bool
    modifier: Decision


def regard(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Regard:
    """Le regard de cette personne sur ce dossier, en une requête.

    Lève `Http404` si rien ne lui ouvre le dossier : hors périmètre, il n'existe pas.
    """
    candidats = list(motifs(perimetre_de(utilisateur)))
    marques = {f"motif_{rang}": m.filtre for rang, m in enumerate(candidats)}
    ligne = (
        Ingenierie.objects.filter(pk=ingenierie.pk)
        .annotate(**{nom: _vrai_si(filtre) for nom, filtre in marques.items()})
        .values(*marques)
        .first()
    ) or {}
    ouverts = [m for rang, m in enumerate(candidats) if ligne.get(f"motif_{rang}")]
    if not ouverts:
        raise Http404
    return Regard(
        pourquoi=ouverts[0].phrase,
        voit_interne=any(m.interne for m in ouverts),
        pilote=(pilote := any(m.modifie for m in ouverts)),
        modifier=_modifier(ingenierie, pilote),
    )


def peut_modifier(utilisateur: Utilisateur, ingenierie: Ingenierie) -> Decision:
    """Seul le DLA pilote écrit dans un dossier, et tant que la mission est ouverte."""
    return regard(utilisateur, ingenierie).modifier


def peut_ouvrir(utilisateur: Utilisateur) -> Decision:
    """Ouvrir une mission demande d'exercer dans un DLA."""
    if perimetre_de(utilisateur).operateurs:
        return permis("Vous exercez dans un DLA : vous pouvez ouvrir une mission.")
    return refuse(
        "Ouvrir une mission revient aux chargé·es d’accompagnement et responsables d’un DLA.",
        "Le DLA de votre département.",
    )


def _modifier(ingenierie: Ingenierie, pilote: bool) -> Decision:
    if not pilote:
        return refuse(
            "Vous lisez cette mission sans pouvoir la modifier : seul le DLA pilote y écrit.",
            f"{ingenierie.operateur.nom}.",
        )
    if ingenierie.etat in (EtatIngenierie.CLOSE, EtatIngenierie.ABANDONNEE):
        return refuse(
            f"La mission est {ingenierie.get_etat_display()} : elle ne se modifie plus.",
            "Reprenez la mission depuis sa page pour la rouvrir.",
        )
    return permis("Votre DLA pilote cette mission.")


def _vrai_si(filtre: Q) -> Case:
    return Case(When(filtre, then=Value(True)), default=Value(False))
