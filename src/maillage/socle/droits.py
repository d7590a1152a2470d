"""Mécanisme des droits : une décision dit toujours sa raison.

Chaque pièce écrit ses droits dans son `droits.py`, sous deux faces d'une même vérité :
`visibles_par(utilisateur)` sur le QuerySet (hors de mon périmètre, un objet n'existe pas : 404)
et des fonctions `peut_…(utilisateur, objet) -> Decision` (dans mon périmètre, un refus dit
pourquoi et à qui s'adresser : 403).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404

T = TypeVar("T", bound=Model)


@dataclass(frozen=True, slots=True)
class Decision:
    """Permis ou non, la raison en une phrase, et à qui s'adresser en cas de refus."""

    permis: bool
    raison: str
    recours: str = ""

    def __bool__(self) -> bool:
        return self.permis


class Refus(PermissionDenied):
    """Refus expliqué ; la page 403 montre la raison et le recours."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.raison)
        self.decision = decision


def permis(raison: str) -> Decision:
    """Décision favorable."""
    return Decision(True, raison)


def refuse(raison: str, recours: str = "") -> Decision:
    """Décision défavorable, avec la personne ou le rôle à qui s'adresser."""
    return Decision(False, raison, recours)


def exiger(decision: Decision) -> None:
    """Lève `Refus` (page 403) si la décision est défavorable."""
    if not decision:
        raise Refus(decision)


def reunir(filtres: Iterable[Q]) -> Q:
    """La réunion des raisons de voir ; sans aucune, rien ne se voit."""
    return reduce(or_, filtres, Q(pk__in=[]))


def visible_ou_404(objets: QuerySet[T], utilisateur: Any, **cle: Any) -> T:
    """L'objet s'il est visible par l'utilisateur, sinon 404 : il n'existe pas pour lui."""
    return get_object_or_404(objets.visibles_par(utilisateur), **cle)  # type: ignore[attr-defined]
