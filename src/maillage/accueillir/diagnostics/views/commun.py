"""Ce que partagent les pages du diagnostic."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from maillage.accueillir.autorisations.droits import lecture_ouverte, regard
from maillage.accueillir.diagnostics.droits import peut_ecrire, peut_relire
from maillage.accueillir.models import Diagnostic, FormeDeLecture
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.requetes import Requete


def lire_diagnostic(request: Requete, pk: UUID) -> Diagnostic:
    """Le diagnostic que cette personne voit, ses volets et ses besoins ; 404 sinon."""
    objets = Diagnostic.objects.pour_page()
    return visible_ou_404(objets, request.user, pk=pk)


def a_ecrire(request: Requete, pk: UUID) -> Diagnostic:
    """Le même, s'il s'écrit encore et si cette personne y écrit ; 403 avec la raison sinon."""
    objet = lire_diagnostic(request, pk)
    exiger(peut_ecrire(request.user, objet))
    return objet


def partage(request: Requete, pk: UUID, forme: FormeDeLecture) -> Diagnostic | HttpResponse:
    """Le diagnostic, si cette personne peut en lire ce qui est partagé ; sinon ce qui l'en sépare.

    Un tiers inscrit sa lecture d'un geste (règle 3) : la page le lui propose, ou dit à qui
    demander. Lève `Refus` pour la structure dont le DLA reprend le texte.
    """
    existants = Diagnostic.objects.pour_page().existants_pour(request.user)
    objet = get_object_or_404(existants, pk=pk)
    vu = regard(request.user, objet)
    if vu.est_tiers:
        if lecture_ouverte(request.user, objet, vu, forme):
            return objet
        contexte = {"diagnostic": objet, "lire": vu.lire, "forme": forme.value}
        return render(
            request,
            "accueillir/diagnostics/ferme.html",
            contexte,
            status=200 if vu.lire else 403,
        )
    exiger(peut_relire(request.user, objet))
    return objet


def fil(diagnostic: Diagnostic, *suite: str) -> list[dict[str, str]]:
    """Où je suis : les diagnostics, celui-ci, et ce que l'on y fait."""
    pas: list[Any] = [
        ("Diagnostics", reverse("accueillir:diagnostics")),
        (diagnostic.structure.nom, diagnostic.get_absolute_url() if suite else ""),
        *((libelle, "") for libelle in suite),
    ]
    return [{"libelle": libelle, "url": url} for libelle, url in pas]
