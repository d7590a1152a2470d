"""Le journal d'un sujet, et le détail d'un acte."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from maillage.socle.droits import exiger
from maillage.socle.journal.lecture import (
    actes_de,
    dater,
    dire,
    entrees,
    objets_changes,
)
from maillage.socle.journal.models import Acte
from maillage.socle.listes import PAR_PAGE
from maillage.socle.sujets import sujet

if TYPE_CHECKING:
    from maillage.socle.requetes import Requete

COLONNES = ({"libelle": "Champ"}, {"libelle": "Avant"}, {"libelle": "Après"})


@require_GET
def journal(request: Requete, etiquette: str, cle: UUID) -> HttpResponse:
    """Qui a fait quoi, quand, sur ce sujet."""
    vu = sujet(etiquette, cle, request.user)
    page = Paginator(actes_de(vu), PAR_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "socle/journal/page.html",
        {"sujet": vu, "page": page, "entrees": entrees(vu, page)},
    )


@require_GET
def acte(request: Requete, cle: UUID) -> HttpResponse:
    """Les champs que cet acte a changés, pour qui lit l'interne du sujet."""
    trouve = get_object_or_404(Acte, pk=cle)
    vu = sujet(trouve.sujet_type, trouve.sujet_id, request.user)
    lu = get_object_or_404(actes_de(vu), pk=cle)
    exiger(vu.interne)
    objets, autres = objets_changes(lu)
    return render(
        request,
        "socle/journal/acte.html",
        {
            "sujet": vu,
            "titre": dire(lu),
            "quand": f"Le {dater(lu)}",
            "objets": objets,
            "autres": autres,
            "colonnes": COLONNES,
        },
    )
