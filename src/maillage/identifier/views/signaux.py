"""Pages des signaux : noter d'un trait, compléter, coder, retirer."""

from __future__ import annotations

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
from maillage.identifier.codage.suggestions import conseil
from maillage.identifier.forms import FormulaireDeSaisie, FormulaireDeSignal, FormulaireDeThemes
from maillage.identifier.models import Signal
from maillage.identifier.provenances import provenance_de
from maillage.identifier.views.commun import onglets
from maillage.ingenieries.models import Ingenierie
from maillage.socle.comptes import Utilisateur
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.requetes import Requete, page_d_ici
from maillage.socle.vues import rendre_formulaire, rendre_liste


@require_safe
def signaux(request: Requete) -> HttpResponseBase:
    """Les signaux que je lis, cherchés, filtrés et triés ; l'adresse garde l'état."""
    liste = listes.signaux(request, request.user)
    contexte = {
        "onglets": onglets("signaux", request.user),
        "resume": listes.resume(request.user, timezone.localdate()),
        "peut_noter": droits.peut_noter(request.user),
    }
    return rendre_liste(
        request, "identifier/signaux.html", liste, listes.EXPORT_DES_SIGNAUX, contexte
    )


@require_http_methods(["GET", "POST"])
def noter(request: Requete) -> HttpResponse:
    """La saisie rapide, en un champ ; `retour` : la page d'où l'on vient, où l'on revient.

    `depuis` : celle qui dit le contexte, quand ce n'est pas la même.
    """
    exiger(droits.peut_noter(request.user))
    retour = page_d_ici(request, "retour") or reverse("identifier:signaux")
    depuis = page_d_ici(request, "depuis")
    formulaire = FormulaireDeSaisie(
        request.POST or None,
        utilisateur=request.user,
        provenance=provenance_de(request.user, depuis or retour),
    )
    if request.method == "POST" and formulaire.is_valid():
        notes = operations.noter_signaux(
            formulaire.signaux(), pour=formulaire.a_nourrir, par=request.user
        )
        messages.success(request, _note(notes))
        return redirect(retour)
    contexte = {"formulaire": formulaire, "retour": retour, "depuis": depuis}
    return rendre_formulaire(request, "identifier/noter.html", contexte)


def _note(notes: list[Signal]) -> str:
    if len(notes) == 1:
        adresse = reverse("identifier:completer", args=[notes[0].pk])
        return format_html('C’est noté. <a href="{}">Dire la source et les thèmes</a>', adresse)
    adresse = reverse("identifier:a_coder")
    return format_html('{} besoins notés. <a href="{}">Les coder</a>', len(notes), adresse)


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
        "mission": _mission(request.user, objet),
    }
    return render(request, "identifier/signal.html", contexte)


@require_http_methods(["GET", "POST"])
def completer(request: Requete, pk: UUID) -> HttpResponse:
    """Complète et code un signal."""
    objet = _signal(request, pk)
    exiger(droits.peut_modifier(request.user, objet))
    saisie = FormulaireDeThemes if objet.besoin_id else FormulaireDeSignal
    propositions = conseil([objet.operateur_id]).pour(objet)
    proposes = [p.theme for p in propositions]
    formulaire = saisie(request.POST or None, instance=objet, utilisateur=request.user)
    if formulaire.enregistrer(
        operations.modifier_signal, formulaire.instance, par=request.user, proposes=proposes
    ):
        return redirect(objet)
    formulaire.montrer_a_part(proposes)
    contexte = {
        "formulaire": formulaire,
        "signal": objet,
        "propositions": propositions,
        "choisis": formulaire["themes"].value() or (),
    }
    return rendre_formulaire(request, "identifier/completer.html", contexte)


@require_POST
def retirer(request: Requete, pk: UUID) -> HttpResponse:
    """Retire un signal noté par erreur."""
    objet = _signal(request, pk)
    exiger(droits.peut_retirer(request.user, objet))
    operations.retirer_signal(objet, par=request.user)
    messages.success(request, "Le besoin est retiré ; l’historique en garde trace.")
    return redirect("identifier:signaux")


def _mission(utilisateur: Utilisateur, signal: Signal) -> Ingenierie | None:
    """La mission où il s'est entendu, pour qui la voit."""
    if signal.ingenierie_id is None:
        return None
    return Ingenierie.objects.visibles_par(utilisateur).filter(pk=signal.ingenierie_id).first()


def _signal(request: Requete, pk: UUID) -> Signal:
    return visible_ou_404(Signal.objects.pour_liste(), request.user, pk=pk)
