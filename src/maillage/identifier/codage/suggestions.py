"""Les thèmes que l'on propose pour un besoin, et pourquoi, d'après ce que le DLA a déjà codé.

On apprend des seuls besoins du DLA qui code : les extraits que la raison cite sont ceux que son
équipe lit déjà (règle 3). Le lexique, lui, est commun.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from uuid import UUID

from django.db.models.functions import Coalesce

from maillage import methode
from maillage.identifier.codage.calculs import Codeur, Exemple, LexiqueLu, Suggestion
from maillage.identifier.codage.calculs.mots import decouper
from maillage.identifier.models import Signal
from maillage.identifier.partage import Partage
from maillage.socle.mots import citer, compter, enumerer

PROPOSEES = 5
_MOT = re.compile(r"\w+")
RETENUS = 1_000
"""Les besoins codés dont on apprend, les derniers d'abord : cinq millisecondes à lire."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """Un thème proposé, à la touche `rang`, et la phrase qui dit ce qui l'amène."""

    rang: int
    theme: str
    libelle: str
    raison: str


@dataclass(frozen=True, slots=True)
class Conseil:
    """De quoi coder les besoins de ces DLA, une fois lus leurs codages."""

    codeur: Codeur

    def pour(self, signal: Signal, au_plus: int = PROPOSEES) -> list[Proposition]:
        """Les thèmes qu'une raison au moins amène ; aucun si rien dans les mots ne le dit."""
        if not signal.mots:
            return []
        classes = self.codeur.proposer(signal.mots, signal.secteur, signal.source)
        dits = [s for s in classes[: 2 * au_plus] if s.raisons][:au_plus]
        return [
            Proposition(
                rang, s.theme, methode.libelle("themes.themes", s.theme), _raison(s, signal.mots)
            )
            for rang, s in enumerate(dits, start=1)
        ]


def conseil(dla: Collection[UUID]) -> Conseil:
    """Ce que ces DLA ont appris ; une requête."""
    return Conseil(_codeur(tuple(_exemples(dla))))


def _exemples(dla: Collection[UUID]) -> list[Exemple]:
    """Un exemple par thème retenu ; ce qui est interne n'apprend rien à personne."""
    codes = (
        Signal.objects.filter(operateur__in=dla)
        .exclude(themes=[])
        .exclude(partage=Partage.INTERNE)
        .order_by("-date", "-cree_le", "-pk")
        .values_list(Coalesce("besoin__dit", "texte"), "themes", "secteur", "source")[:RETENUS]
    )
    return [
        Exemple(mots, theme, secteur, source)
        for mots, themes, secteur, source in codes
        for theme in themes
    ]


@lru_cache(maxsize=16)
def _codeur(exemples: tuple[Exemple, ...]) -> Codeur:
    """Refait dès qu'un codage change ; les mêmes exemples donnent le même codeur."""
    return Codeur(lexique(), exemples)


@cache
def lexique() -> LexiqueLu:
    """Le lexique et les définitions des thèmes, lus une fois par processus."""
    return LexiqueLu(methode.themes(), methode.lexique_des_besoins())


def _raison(suggestion: Suggestion, texte: str) -> str:
    """« parce que : « découvert » et « agios » ; 3 besoins codés ainsi, comme « … » »."""
    mots = enumerer([citer(_tel_qu_ecrit(dits, texte)) for dits in suggestion.mots])
    codes = compter(suggestion.pareils, "besoin codé", "besoins codés")
    ainsi = f"{codes} ainsi, comme {citer(suggestion.comme)}" if suggestion.comme else ""
    return f"parce que : {' ; '.join(filter(None, [mots, ainsi]))}"


def _tel_qu_ecrit(dits: str, texte: str) -> str:
    """Les mots lus sans accent (« decouvert »), rendus comme la personne les a écrits."""
    ecrits = {lu: mot for mot in _MOT.findall(texte) for lu in decouper(mot)}
    return " … ".join(ecrits.get(lu, lu) for lu in dits.split(" … "))
