"""Depuis l'action d'un parcours : ouvrir sa mission, ou la rattacher à ce qui existe."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from maillage.accueillir.models import Action, Parcours
from maillage.accueillir.parcours.droits import peut_ecrire
from maillage.accueillir.parcours.edition import fil
from maillage.confirmer.models import SuiteDAction
from maillage.confirmer.suites import operations
from maillage.confirmer.suites.forms import FormulaireDeMissionIndividuelle, FormulaireDeSuite
from maillage.socle.droits import exiger
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire


@require_http_methods(["GET", "POST"])
def ouvrir(request: Requete, action: UUID) -> HttpResponse:
    """Ouvre la mission individuelle d'une action, ou mène à celle qui l'est déjà."""
    objet = _action(request, action)
    ouverte = objet.suites.filter(ingenierie__nature="individuelle").first()
    if ouverte:
        return redirect("ingenieries:dossier", ouverte.ingenierie_id)
    formulaire = FormulaireDeMissionIndividuelle(
        request.POST or None, action=objet, utilisateur=request.user
    )
    if request.method == "POST" and formulaire.is_valid():
        mission = operations.ouvrir_mission(
            objet, formulaire.instance, liens=formulaire.liens(), par=request.user
        )
        return redirect(mission)
    contexte = _contexte(objet, "Ouvrir la mission") | {"formulaire": formulaire}
    return rendre_formulaire(request, "confirmer/suites/ouvrir.html", contexte)


@require_http_methods(["GET", "POST"])
def rattacher(request: Requete, action: UUID) -> HttpResponse:
    """Rattache une action à une mission collective ou à un besoin partagé."""
    objet = _action(request, action)
    formulaire = FormulaireDeSuite(request.POST or None, utilisateur=request.user)
    if request.method == "POST" and formulaire.is_valid():
        choisis = formulaire.cleaned_data
        if mission := choisis["ingenierie"]:
            operations.rejoindre_mission(objet, mission, par=request.user)
        else:
            operations.rejoindre_besoin(objet, choisis["problematique"], par=request.user)
        return redirect(_retour(objet))
    contexte = _contexte(objet, "Rattacher") | {
        "formulaire": formulaire,
        "suites": objet.suites.select_related("ingenierie", "problematique"),
    }
    return rendre_formulaire(request, "confirmer/suites/rattacher.html", contexte)


@require_POST
def detacher(request: Requete, action: UUID, suite: UUID) -> HttpResponse:
    """Défait un lien."""
    objet = _action(request, action)
    lien = get_object_or_404(
        SuiteDAction.objects.select_related("action__parcours", "ingenierie", "problematique"),
        pk=suite,
        action=objet,
    )
    operations.detacher(lien, par=request.user)
    return redirect(_retour(objet))


def _action(request: Requete, cle: UUID) -> Action:
    visibles = Parcours.objects.visibles_par(request.user)
    lues = Action.objects.filter(parcours__in=visibles.values("pk"))
    objet = get_object_or_404(
        lues.select_related("parcours__structure", "parcours__operateur", "parcours__charge"),
        pk=cle,
    )
    exiger(peut_ecrire(request.user, objet.parcours))
    return objet


def _retour(action: Action) -> str:
    return f"{action.parcours.get_absolute_url()}#action-{action.pk}"


def _contexte(action: Action, titre: str) -> dict[str, Any]:
    return {"action": action, "retour": _retour(action), "fil": fil(action.parcours, titre)}
