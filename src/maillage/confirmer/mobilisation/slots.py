"""Remettre un lien personnel : la campagne le demande, le portail le fait."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maillage.annuaire.models import Organisation, Personne
from maillage.confirmer.models import Invitation
from maillage.socle.comptes import Utilisateur
from maillage.socle.slots import Slot


@dataclass(frozen=True, slots=True)
class Lettre:
    """Ce qu'un courriel dit autour du lien."""

    objet: str
    message: str
    limite_le: date | None = None


@dataclass(frozen=True, slots=True)
class EnMain:
    """Le lien se remet sans courriel ; `preuve` : comment l'agent le remet."""

    preuve: str


@dataclass(frozen=True, slots=True)
class LienRemis:
    """Ce qu'un lien est devenu : parti par courriel, ou `adresse` à montrer une seule fois.

    `refus` : pourquoi il n'a pas été créé ; vide s'il l'a été.
    """

    partie: bool = False
    adresse: str = ""
    refus: str = ""


OUVERTURES: Slot[[Collection[Invitation]], Mapping[UUID, datetime]] = Slot(
    "confirmer.ouvertures_de_lien", requetes=1
)
"""Par invitation, la première fois que la personne a ouvert un lien remis depuis ; rien d'autre ne
se lit de ses passages, et rien ne s'écrit pour le savoir."""
PORTAIL = "portail"
"""La seule clé de ces deux emplacements."""
REMETTRE: Slot[[Personne, Organisation, Lettre | EnMain, Utilisateur], LienRemis] = Slot(
    "confirmer.remise_de_lien", requetes=10
)
"""Écrire à ce contact de cette structure une lettre qui porte son lien, ou le lui remettre en main
(l'agent le demande)."""
