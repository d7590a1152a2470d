"""Ce que disent à « Aujourd'hui » quelques sujets, lus seuls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from maillage.socle.models import Utilisateur
from maillage.socle.taches import Lecture, Sujet, Tache


def lire_les_taches(*sujets: Sujet) -> Callable[[Utilisateur, date], list[Tache]]:
    """La lecture de ces sujets pour une personne et un jour, en une requête."""
    return lambda qui, jour: Lecture(sujets, qui, jour).taches(qui)
