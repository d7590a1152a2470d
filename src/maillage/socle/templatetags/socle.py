"""Ce que le socle pose dans les pages des autres pièces."""

from __future__ import annotations

from typing import Any

from django import template

from maillage.socle.documents.forms import FormulaireDeDepot
from maillage.socle.documents.views import panneau
from maillage.socle.envois.models import Notification
from maillage.socle.journal.lecture import actes_de, entrees
from maillage.socle.sujets import sujet_de

register = template.Library()
DERNIERS = 8


@register.inclusion_tag("socle/documents/_liste.html", takes_context=True)
def documents_de(context: dict[str, Any], objet: Any) -> dict[str, Any]:
    """Le panneau des documents d'un objet (une requête)."""
    sujet = sujet_de(objet, context["request"].user)
    csrf = {"csrf_token": context.get("csrf_token")}
    return csrf | panneau(sujet, FormulaireDeDepot(sujet=sujet))


@register.inclusion_tag("socle/journal/_derniers.html", takes_context=True)
def journal_de(context: dict[str, Any], objet: Any) -> dict[str, Any]:
    """Les derniers actes d'un objet (une requête)."""
    sujet = sujet_de(objet, context["request"].user)
    return {"sujet": sujet, "entrees": entrees(sujet, actes_de(sujet)[:DERNIERS])}


@register.simple_tag(takes_context=True)
def notifications_non_lues(context: dict[str, Any]) -> int:
    """Combien de notifications cette personne n'a pas lues (une requête)."""
    return Notification.objects.filter(destinataire=context["request"].user).non_lues().count()
