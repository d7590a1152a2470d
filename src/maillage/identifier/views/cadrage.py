"""Pages du dossier : rattacher une problématique, cibler les structures."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.identifier import operations
from maillage.identifier.forms import FormulaireDeCiblage, FormulaireDeRattachement
from maillage.ingenieries.droits import peut_modifier
from maillage.ingenieries.lecture import lire_dossier
from maillage.socle.droits import exiger
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire


@require_http_methods(["GET", "POST"])
def rattacher(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Dit à quelle problématique répond une mission ouverte sans elle."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    formulaire = FormulaireDeRattachement(
        request.POST or None, utilisateur=request.user, ingenierie=dossier
    )
    if request.method == "POST" and formulaire.is_valid():
        operations.rattacher(formulaire.cleaned_data["problematique"], dossier, par=request.user)
        return redirect("ingenieries:demarche", dossier.pk, "identifier.cerner")
    contexte = {
        "ingenierie": dossier,
        "formulaire": formulaire,
        "retour": reverse("ingenieries:demarche", args=[dossier.pk, "identifier.cerner"]),
    }
    return rendre_formulaire(request, "identifier/rattacher.html", contexte)


@require_http_methods(["GET", "POST"])
def ciblage(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Les cinq critères de ciblage d'une mission, d'un seul formulaire."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    formulaire = FormulaireDeCiblage(request.POST or None, ingenierie=dossier)
    if request.method == "POST" and formulaire.is_valid():
        try:
            operations.cibler(dossier, formulaire.lignes(), par=request.user)
        except operations.ConflitDeCiblage as conflit:
            formulaire.signaler_conflit(conflit)
        else:
            return redirect("ingenieries:demarche", dossier.pk, "identifier.cibler")
    contexte = {
        "ingenierie": dossier,
        "formulaire": formulaire,
        "retour": reverse("ingenieries:demarche", args=[dossier.pk, "identifier.cibler"]),
        "cle_brouillon": f"ciblage-{dossier.pk}",
    }
    return rendre_formulaire(request, "identifier/ciblage.html", contexte)
