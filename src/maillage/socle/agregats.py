"""Résumer en SQL les lignes liées à celle qu'on lit, sans que deux résumés se multiplient."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def agreger(lignes: QuerySet[Any], agregat: Any, *, par: str = "ingenierie") -> Subquery:
    """L'agrégat des lignes dont `par` désigne l'objet annoté ; nul sans aucune ligne."""
    liees = lignes.filter(**{par: OuterRef("pk")}).order_by().values(par)
    return Subquery(liees.annotate(agregat=agregat).values("agregat"))


def nombre(lignes: QuerySet[Any], *, par: str = "ingenierie") -> Coalesce:
    """Combien de ces lignes sont liées à l'objet annoté ; zéro sans aucune."""
    return Coalesce(agreger(lignes, Count("pk"), par=par), 0)
