"""Pages des signaux : noter d'un trait, compléter, coder, retirer."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.identifier import droits, listes, operations
from maillage.identifier.forms import FormulaireDeSaisie, FormulaireDeSignal, FormulaireDeThemes
from maillage.identifier.models import Signal
from maillage.identifier.views.commun import onglets
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire


@require_safe
def signaux(request: Requete) -> HttpResponseBase:
    """Les signaux que je lis, cherchés, filtrés et triés ; l'adresse garde l'état."""
    liste = listes.signaux(request, request.user)
    if fichier := liste.exporter(listes.EXPORT_DES_SIGNAUX):
        return fichier
    contexte = {
        "liste": liste,
        "onglets": onglets("signaux"),
        "resume": listes.resume(request.user, timezone.localdate()),
        "peut_noter": droits.peut_noter(request.user),
    }
    return render(request, "identifier/signaux.html", contexte)


@require_http_methods(["GET", "POST"])
def noter(request: Requete) -> HttpResponse:
    """La saisie rapide, en un champ."""
    exiger(droits.peut_noter(request.user))
    formulaire = FormulaireDeSaisie(request.POST or None, utilisateur=request.user)
    if request.method == "POST" and formulaire.is_valid():
        note = operations.noter_signal(formulaire.instance, par=request.user)
        adresse = reverse("identifier:completer", args=[note.pk])
        messages.success(
            request,
            format_html('C’est noté. <a href="{}">Dire la source et les thèmes</a>', adresse),
        )
        return redirect("identifier:signaux")
    return rendre_formulaire(request, "identifier/noter.html", {"formulaire": formulaire})


@require_safe
def signal(request: Requete, pk: UUID) -> HttpResponse:
    """Un signal : les mots, d'où ils viennent, ce qu'ils ont nourri."""
    objet = _signal(request, pk)
    contexte = {
        "signal": objet,
        "pourquoi": droits.peut_voir(request.user, objet).raison,
        "peut_modifier": droits.peut_modifier(request.user, objet),
        "peut_retirer": droits.peut_retirer(request.user, objet),
        "problematiques": list(objet.problematiques.visibles_par(request.user)),
    }
    return render(request, "identifier/signal.html", contexte)


@require_http_methods(["GET", "POST"])
def completer(request: Requete, pk: UUID) -> HttpResponse:
    """Complète et code un signal."""
    objet = _signal(request, pk)
    exiger(droits.peut_modifier(request.user, objet))
    saisie = FormulaireDeThemes if objet.besoin_id else FormulaireDeSignal
    formulaire = saisie(request.POST or None, instance=objet, utilisateur=request.user)
    if request.method == "POST" and formulaire.is_valid():
        geste = partial(operations.modifier_signal, formulaire.instance, par=request.user)
        if formulaire.enregistrer(geste):
            return redirect(objet)
    return rendre_formulaire(
        request, "identifier/completer.html", {"formulaire": formulaire, "signal": objet}
    )


@require_POST
def retirer(request: Requete, pk: UUID) -> HttpResponse:
    """Retire un signal noté par erreur."""
    objet = _signal(request, pk)
    exiger(droits.peut_retirer(request.user, objet))
    operations.retirer_signal(objet, par=request.user)
    messages.success(request, "Le besoin est retiré ; l’historique en garde trace.")
    return redirect("identifier:signaux")


def _signal(request: Requete, pk: UUID) -> Signal:
    return visible_ou_404(Signal.objects.pour_liste(), request.user, pk=pk)
