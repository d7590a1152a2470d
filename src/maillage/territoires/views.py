"""Propositions de territoires à la frappe."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.socle.requetes import Requete
from maillage.territoires.champs import proposer, saisie_en_cours
from maillage.territoires.models import Niveau


@require_safe
def propositions(request: Requete) -> HttpResponse:
    """Les options d'une liste de propositions ; la géographie est publique."""
    voulus = request.GET.get("niveaux", "").split(",")
    textes = proposer(
        saisie_en_cours(request.GET),
        [niveau for niveau in Niveau.values if niveau in voulus],
        plusieurs="plusieurs" in request.GET,
    )
    return render(request, "territoires/propositions.html", {"textes": textes})
