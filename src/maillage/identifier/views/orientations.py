"""Orienter une structure depuis une problématique, et dire qu'on le lui a rendu."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.identifier import droits, operations
from maillage.identifier.forms import FormulaireDOrientation
from maillage.identifier.models import Orientation, Problematique
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire


@require_http_methods(["GET", "POST"])
def orienter(request: Requete, pk: UUID) -> HttpResponse:
    """Adresse une structure concernée à qui saura lui répondre."""
    objet = _problematique(request, pk)
    formulaire = FormulaireDOrientation(
        request.POST or None, utilisateur=request.user, problematique=objet
    )
    if request.method == "POST" and formulaire.is_valid():
        operations.orienter(formulaire.instance, par=request.user)
        return redirect(f"{objet.get_absolute_url()}#orientations")
    contexte = {"formulaire": formulaire, "problematique": objet}
    return rendre_formulaire(request, "identifier/orienter.html", contexte)


@require_POST
def rendre(request: Requete, pk: UUID, orientation: UUID) -> HttpResponse:
    """Dit que la structure sait, aujourd'hui, vers qui et pourquoi."""
    objet = _problematique(request, pk)
    siennes = Orientation.objects.filter(problematique=objet).select_related("structure", "vers")
    operations.rendre(
        get_object_or_404(siennes, pk=orientation), le=timezone.localdate(), par=request.user
    )
    return redirect(f"{objet.get_absolute_url()}#orientations")


def _problematique(request: Requete, pk: UUID) -> Problematique:
    objets = Problematique.objects.select_related("operateur")
    objet = visible_ou_404(objets, request.user, pk=pk)
    exiger(droits.peut_modifier(request.user, objet))
    return objet
