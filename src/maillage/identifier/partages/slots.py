"""Ce que des missions passées ont répondu à un thème : les pièces du bas le disent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.socle.slots import Slot


@dataclass(frozen=True, slots=True)
class Reponse:
    """Une expérience que chacun peut lire : son titre, son année, sa page."""

    titre: str
    annee: int
    url: str


REPONSES: Slot[[str], Sequence[Reponse]] = Slot("identifier.reponses", requetes=1)
"""Les expériences publiées sur un thème, les plus récentes d'abord."""
