"""Écrire au journal et relire le détail d'un acte."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import pghistory
from django.db import transaction
from pghistory.runtime import _tracker

from maillage.socle.journal.models import Acte

if TYPE_CHECKING:
    from django.db.models import Model

    from maillage.socle.comptes import Utilisateur

P = ParamSpec("P")
R = TypeVar("R")


def operation(fonction: Callable[P, R]) -> Callable[P, R]:
    """Une opération du domaine : une transaction, un contexte d'historique à son nom."""

    @wraps(fonction)
    def executee(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), pghistory.context(operation=fonction.__name__):
            return fonction(*args, **kwargs)

    return executee


def journaliser(
    sujet: Model,
    phrase: str,
    *,
    par: Utilisateur | None,
    interne: bool = False,
    detaille: bool = True,
) -> Acte:
    """Ajoute une phrase au journal du sujet, reliée aux valeurs changées par l'opération.

    `detaille=False` : qui lit ce journal n'a pas à lire ces valeurs.
    """
    contexte = getattr(_tracker, "value", None)
    return Acte.objects.create(
        qui=par,
        phrase=phrase[:500],
        sujet_type=sujet._meta.label_lower,
        sujet_id=sujet.pk,
        interne=interne,
        contexte=contexte.id if contexte and detaille else None,
    )
