"""Qui lit un bilan, et de quelles missions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from maillage.annuaire.models import Role
from maillage.annuaire.perimetre import Perimetre, perimetre_de
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.models.dossier import IngenierieQuerySet
from maillage.ingenieries.visibilite import motifs
from maillage.socle.droits import Decision, permis, refuse

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class Champ:
    """Ce que couvre le bilan d'une personne.

    `missions` : un ensemble par raison de voir, à réunir (PostgreSQL les réunit plus vite qu'il ne
    choisit entre elles). `entier` : toutes les missions de l'instance, en chiffres consolidés, sans
    lien vers une liste qui n'existe pas pour elle.
    """

    missions: tuple[IngenierieQuerySet, ...]
    entier: bool
    pourquoi: str


def peut_lire_bilan(utilisateur: Utilisateur) -> Decision:
    """Les agents du DLA et le niveau national."""
    perimetre = perimetre_de(utilisateur)
    if perimetre.est_agent or _est_national(perimetre):
        return permis(_pourquoi(perimetre))
    return refuse(
        "Le bilan réunit les chiffres des missions d’un DLA : il est ouvert aux agents du réseau. "
        "Chaque mission où vous intervenez garde ses propres chiffres.",
        "Demandez le bilan au DLA avec qui vous travaillez.",
    )


def champ_de(utilisateur: Utilisateur) -> Champ:
    """Les missions que le bilan de cette personne compte."""
    perimetre = perimetre_de(utilisateur)
    entier = _est_national(perimetre)
    raisons = [Q()] if entier else [motif.filtre for motif in motifs(perimetre)]
    return Champ(
        missions=tuple(Ingenierie.objects.filter(raison) for raison in raisons),
        entier=entier,
        pourquoi=_pourquoi(perimetre),
    )


def _est_national(perimetre: Perimetre) -> bool:
    return Role.NATIONAL in perimetre.roles


def _pourquoi(perimetre: Perimetre) -> str:
    if _est_national(perimetre):
        return (
            "Vous exercez au niveau national : vous lisez les chiffres consolidés de toutes les "
            "missions, sans le nom d’une structure."
        )
    return "Il compte les missions de votre périmètre, celles que montre « Missions »."
