"""Ce que la page propose selon la façon dont le groupe se forme (S1, constituer un groupe)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Pas:
    """Un pas de la voie : ce qu'on y fait, pourquoi, et où."""

    titre: str
    phrase: str
    geste: str
    url: Callable[[UUID], str]


def _route(nom: str, *suite: str) -> Callable[[UUID], str]:
    return lambda mission: reverse(nom, args=[mission, *suite])


_TRIER = _route("confirmer:structures")
_AJOUTER = _route("confirmer:inviter")
_ENTRER = _route("confirmer:collectif")


def _cibler(mission: UUID) -> str:
    """Un ciblage nouveau, déjà rattaché à la mission."""
    return f"{reverse('identifier:ciblage_nouveau')}?ingenierie={mission}"


VOIES: dict[str, tuple[Pas, ...]] = {
    "entonnoir": (
        Pas(
            "Repérer large",
            "Toutes celles que le sujet pourrait toucher : on n’écarte personne à ce stade.",
            "Ajouter des structures",
            _AJOUTER,
        ),
        Pas(
            "Resserrer",
            "Notez qui est intéressée, retenez celles qui s’engagent, prévenez les autres.",
            "Suivre les structures",
            _TRIER,
        ),
    ),
    "ciblage": (
        Pas(
            "Partir du ciblage",
            "Cinq critères désignent les structures que la même question occupe.",
            "Chercher les structures",
            _cibler,
        ),
        Pas(
            "Inviter celles-là",
            "Quelques-unes de plus que de places : on doit souvent élargir un peu.",
            "Ajouter des structures",
            _AJOUTER,
        ),
        Pas(
            "Retenir",
            "Le groupe se décide sur les réponses ; celles qui n’en sont pas sont prévenues.",
            "Suivre les structures",
            _TRIER,
        ),
    ),
    "collectif_constitue": (
        Pas(
            "Entrer le collectif",
            "Ses membres d’un coup, retenus d’emblée ; puis celles que l’on y joint.",
            "Entrer le collectif",
            _ENTRER,
        ),
        Pas(
            "Vérifier qu’il tient",
            "Qui viendra vraiment, ce que chacune attend : le nom commun ne le dit pas.",
            "Suivre les structures",
            _TRIER,
        ),
    ),
}
