"""Ce que les pièces du bas montrent sur la fiche d'une organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from maillage.annuaire.models import Organisation
from maillage.socle.slots import Slot

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import Model

    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class Accompagnement:
    """Une ligne de la fiche : ce qui a été ou est fait avec l'organisation, et où en lire plus.

    `etat` est une forme de c-badge (« en_cours », « fait »…), `mot` ce que dit le badge.
    """

    titre: str
    url: str
    phrase: str
    annee: int
    etat: str = "en_cours"
    mot: str = ""


ACCOMPAGNEMENTS: Slot[[Organisation, Utilisateur], Sequence[Accompagnement]] = Slot(
    "annuaire.accompagnements", requetes=1
)


@dataclass(frozen=True, slots=True)
class Geste:
    """Ce qu'une pièce du bas propose depuis la fiche : un verbe et son adresse."""

    libelle: str
    url: str


GESTES: Slot[[Organisation, Utilisateur], Geste | None] = Slot("annuaire.gestes", requetes=0)
LIENS_PERSONNELS = "portail.liens"
"""La clé de celui qui remet leur lien personnel à ses contacts."""

GESTES_DE_LISTE: Slot[[Utilisateur], Sequence[Geste]] = Slot("annuaire.gestes_de_liste", requetes=0)
"""Ce que les pièces du bas proposent en tête de la liste des structures."""

ACCOMPAGNEES: Slot[[Utilisateur], Q] = Slot("annuaire.accompagnees", requetes=0)
"""Le filtre des organisations accompagnées, d'après ce que la personne voit de chaque pièce."""


REUNIONS: Slot[[UUID, UUID], Sequence[Model]] = Slot("annuaire.reunions", requetes=3)
"""Deux fiches (gardée, absorbée) vont se réunir : les lignes qu'une pièce ajoute pour que cela
n'ouvre rien ; elles se retirent si l'on sépare."""

ANNONCES_DE_REUNION: Slot[[UUID, UUID], str] = Slot("annuaire.annonces_de_reunion", requetes=3)
"""Avant que deux fiches (gardée, absorbée) se réunissent : ce que cela ne fera pas, ou rien."""

SEPARATIONS: Slot[[UUID, UUID], None] = Slot("annuaire.separations", requetes=2)
"""Deux fiches (gardée, absorbée) se séparent : chaque pièce y porte ce qui vaut pour les deux."""


@dataclass(frozen=True, slots=True)
class LotDeDocuments:
    """Des documents qui se lisent sur la fiche, rangés sous d'autres sujets qu'elle.

    `origine` : d'où ils viennent, en peu de mots. `sujets` : les objets de cette organisation dont
    la personne lit les documents (ceux du `visibles_par` de leur inscription) ; `internes` : ceux
    dont elle lit aussi l'interne.
    """

    origine: str
    sujets: QuerySet[Any]
    internes: QuerySet[Any]

    @property
    def etiquette(self) -> str:
        return self.sujets.model._meta.label_lower


DOCUMENTS: Slot[[Organisation, Utilisateur], Sequence[LotDeDocuments]] = Slot(
    "annuaire.documents", requetes=0
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Une partie de la fiche que tient une pièce du bas : les autorisations, par exemple.

    `gabarit` reçoit `piece` et `organisation` ; `contexte` est ce qu'il lit. `ancre` est unique.
    """

    titre: str
    ancre: str
    gabarit: str
    contexte: Any = None


PIECES: Slot[[Organisation, Utilisateur], Piece | None] = Slot("annuaire.pieces", requetes=1)
