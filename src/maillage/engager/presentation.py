"""Comment les objectifs se présentent dans un document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maillage import methode
from maillage.engager.models import Niveau, Objectif
from maillage.socle.documents.grilles import Ligne


@dataclass(frozen=True, slots=True)
class Objectifs:
    """Les deux niveaux d'objectifs ; le texte est celui de la mission, vide s'il n'y en a pas."""

    strategiques: tuple[Ligne, ...] = ()
    operationnels: tuple[Ligne, ...] = ()


def objectifs(lus: Iterable[Objectif]) -> Objectifs:
    """Les objectifs de la mission, rangés par niveau."""
    tous = list(lus)

    def du_niveau(niveau: str) -> tuple[Ligne, ...]:
        return tuple(_objectif(o.code, o.texte) for o in tous if o.niveau == niveau)

    return Objectifs(
        strategiques=du_niveau(Niveau.STRATEGIQUE), operationnels=du_niveau(Niveau.OPERATIONNEL)
    )


def _objectif(code: str, texte: str) -> Ligne:
    """Le libellé de la méthode, puis nos mots ; nos mots seuls s'il n'y a pas de code."""
    if not code:
        return Ligne(texte)
    return Ligne(methode.libelle("objectifs.tous", code), texte)
