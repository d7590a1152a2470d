"""Ce qui se dit d'une mission sous son titre : d'où elle vient, où elle mène."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maillage.ingenieries.panneaux import Geste
from maillage.socle.slots import Slot

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class Mention:
    """« Issue de : un lien », « Ce qu'elle a inspiré : des liens et 3 autres missions »."""

    intitule: str
    liens: Sequence[Geste] = ()
    suite: str = ""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Des mentions que la requête du dossier suffit à dire.

    `expressions` : annotations SQL pour cette personne ; `dire` lit ces annotations.
    """

    expressions: Callable[[Utilisateur], Mapping[str, Any]]
    dire: Callable[[Any], list[Mention]]


MENTIONS: Slot[[], Mentions] = Slot("ingenieries.mentions", requetes=0)


def expressions(utilisateur: Utilisateur) -> dict[str, Any]:
    """Les annotations de toutes les mentions."""
    return {nom: e for m in MENTIONS.tout() for nom, e in m.expressions(utilisateur).items()}


def mentions(ingenierie: Any) -> list[Mention]:
    """Les mentions d'un dossier lu avec son en-tête."""
    return [mention for m in MENTIONS.tout() for mention in m.dire(ingenierie)]
