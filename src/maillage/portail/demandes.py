"""Tout ce que l'on demande à un contact, pièce par pièce, et ce que c'est devenu."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from maillage.accueillir import demandes_adressees as accueillir
from maillage.annuaire.interlocuteurs import Interlocuteur
from maillage.confirmer import demandes_adressees as confirmer
from maillage.socle.demandes import DemandeAdressee

PIECES = (accueillir, confirmer)
PAGES = {
    "diagnostic": "portail:diagnostic",
    "autorisations": "portail:autorisations",
    "mobilisation": "portail:mobilisation",
}


@dataclass(frozen=True, slots=True)
class Ligne:
    """Une demande et l'adresse où elle se répond."""

    demande: DemandeAdressee
    url: str


def reunir(interlocuteur: Interlocuteur) -> tuple[list[Ligne], list[Ligne]]:
    """Ce qui attend (l'échéance la plus proche d'abord), puis ce qui est fait."""
    toutes = [d for piece in PIECES for d in piece.demandes_adressees(interlocuteur)]
    attendent = sorted(
        (d for d in toutes if d.faite_le is None), key=lambda d: d.jusqu_au or date.max
    )
    faites = sorted(
        (d for d in toutes if d.faite_le is not None),
        key=lambda d: d.faite_le or date.min,
        reverse=True,
    )
    return [_ligne(d) for d in attendent], [_ligne(d) for d in faites]


def _ligne(demande: DemandeAdressee) -> Ligne:
    cles = [demande.objet] if demande.objet else []
    return Ligne(demande, reverse(PAGES[demande.page], args=cles))
