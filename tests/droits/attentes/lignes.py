"""Une ligne de la matrice, et les clés dont son adresse a besoin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from maillage.annuaire.models import ImportDeRegistre
from tests.droits.attentes.profils import CONNECTES, Profil
from tests.droits.monde import Monde

TOUS = ("ajouter", "modifier", "retirer")
"""Les gestes de ce qui s'édite dans un dossier ou un parcours."""


@dataclass(frozen=True)
class Ligne:
    """Une adresse : comment la bâtir, et un profil par méthode (None : la méthode est refusée)."""

    cles: Callable[[Monde], list[Any]] = lambda _monde: []
    get: Profil | None = field(default_factory=lambda: CONNECTES)
    post: Profil | None = None
    adresse: str = ""


def dossier(monde: Monde) -> list[Any]:
    return [monde.mission.pk]


def objet(nom: str, *suite: str) -> Callable[[Monde], list[Any]]:
    """La clé d'un objet du monde, et ce qui la suit dans l'adresse."""
    return lambda monde: [monde.objets[nom].pk, *suite]


def dans_le_dossier(*suite: str) -> Callable[[Monde], list[Any]]:
    return lambda monde: [monde.mission.pk, *suite]


def scenario(*suite: str) -> Callable[[Monde], list[Any]]:
    return lambda monde: [monde.mission.pk, monde.objets["scenario"].pk, *suite]


def pilote(monde: Monde) -> list[Any]:
    return [monde.organisations["pilote"].pk]


def gabarit(monde: Monde) -> list[Any]:
    return [*pilote(monde), "cahier"]


def sujet(monde: Monde) -> list[Any]:
    return [monde.mission._meta.label_lower, monde.mission.pk]


def structure(monde: Monde) -> list[Any]:
    return [monde.organisations["structure"].pk]


def personne(monde: Monde) -> list[Any]:
    chez = monde.organisations["structure"]
    return [chez.pk, chez.rattachements.get().personne_id]


def besoin(monde: Monde) -> list[Any]:
    return [monde.objets["diagnostic"].pk, monde.objets["besoin"].pk]


def contact(monde: Monde) -> list[Any]:
    chez = monde.organisations["structure"]
    return [chez.pk, chez.rattachements.get().pk]


def importation(_monde: Monde) -> list[Any]:
    champs = {"registre": "rna", "nom": "rna.zip", "etat": "fini", "empreinte": "0" * 64}
    return [ImportDeRegistre.objects.get_or_create(**champs)[0].pk]
