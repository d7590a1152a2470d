"""Lire le diagnostic de sa structure, y répondre, l'emporter ; rien d'interne, aucun brouillon."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from maillage.accueillir.diagnostics import validation
from maillage.accueillir.diagnostics.contexte import contexte_du_diagnostic
from maillage.accueillir.diagnostics.documents import DIAGNOSTIC
from maillage.accueillir.diagnostics.forms import FormulaireDeReponse
from maillage.accueillir.models import Diagnostic, EtatDiagnostic
from maillage.portail.models import PagePersonnelle
from maillage.portail.seance import chez_soi, de_sa_main
from maillage.socle.documents.presentations import repondre_pdf, repondre_word
from maillage.socle.vues import jouer, rendre_formulaire

GESTES = {
    "valider": (
        validation.valider,
        "Le diagnostic est validé : il ne change plus, et ne se lit que par qui vous choisissez.",
    ),
    "corriger": (
        validation.demander_correction,
        "Votre demande est transmise : le DLA reprend le texte et vous le soumettra de nouveau.",
    ),
}


@chez_soi
@require_safe
def diagnostic(request: HttpRequest, mienne: PagePersonnelle, diagnostic: UUID) -> HttpResponse:
    """Lire le diagnostic de ma structure, et y répondre s'il m'est soumis."""
    return _page(request, mienne, _diagnostic(mienne, diagnostic))


@chez_soi
@de_sa_main
@require_POST
def repondre(
    request: HttpRequest, mienne: PagePersonnelle, diagnostic: UUID, verbe: str
) -> HttpResponse:
    """Valider, ou demander une correction avec ses mots."""
    if verbe not in GESTES:
        raise Http404
    objet = _diagnostic(mienne, diagnostic)
    geste, succes = GESTES[verbe]
    dit = partial(geste, objet, au_nom_de=mienne.signature)
    if verbe == "valider":
        dit = partial(dit, preuve=f"par sa page personnelle, {mienne.comment_remise}")

    def sans_compte(*, par: object, **lu: Any) -> object:
        """Aucun compte ne répond par cette page : le journal nomme la personne."""
        return dit(**lu, par=None)

    if jouer(request, sans_compte, FormulaireDeReponse):
        messages.success(request, succes)
        return redirect("portail:page")
    return _page(request, mienne, _diagnostic(mienne, diagnostic))


@chez_soi
@require_safe
def word(request: HttpRequest, mienne: PagePersonnelle, diagnostic: UUID) -> HttpResponse:
    """Mon diagnostic en Word."""
    objet = _diagnostic(mienne, diagnostic)
    lecture = contexte_du_diagnostic(objet)
    return repondre_word(request, DIAGNOSTIC, lecture, objet.operateur_id)


@chez_soi
@require_safe
def pdf(request: HttpRequest, mienne: PagePersonnelle, diagnostic: UUID) -> HttpResponse:
    """Mon diagnostic en PDF."""
    return repondre_pdf(DIAGNOSTIC, contexte_du_diagnostic(_diagnostic(mienne, diagnostic)))


def _page(request: HttpRequest, mienne: PagePersonnelle, objet: Diagnostic) -> HttpResponse:
    """Le diagnostic à lire ; après un envoi refusé, ce qui a été écrit est encore là."""
    contexte = {
        "mienne": mienne,
        "diagnostic": objet,
        "lecture": contexte_du_diagnostic(objet),
        "a_valider": objet.etat == EtatDiagnostic.A_VALIDER,
        "saisie": request.POST.get("remarques", ""),
    }
    return rendre_formulaire(request, "portail/diagnostic.html", contexte)


def _diagnostic(mienne: PagePersonnelle, cle: UUID) -> Diagnostic:
    siens = mienne.diagnostics().select_related("structure__commune", "operateur", "charge")
    return get_object_or_404(siens, pk=cle)
