"""Ce que le socle pose dans les pages des autres pièces."""

from __future__ import annotations

from typing import Any

from django import template

from maillage.socle.journal.lecture import actes_de, entrees
from maillage.socle.sujets import sujet_de

register = template.Library()
DERNIERS = 8


@register.inclusion_tag("socle/journal/_derniers.html", takes_context=True)
def journal_de(context: dict[str, Any], objet: Any) -> dict[str, Any]:
    """Les derniers actes d'un objet (une requête)."""
    sujet = sujet_de(objet, context["request"].user)
    return {"sujet": sujet, "entrees": entrees(sujet, actes_de(sujet)[:DERNIERS])}
