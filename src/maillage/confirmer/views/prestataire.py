"""Les pages du prestataire : ses consultations, le cahier émis, son offre. Rien d'autre."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.confirmer.cahier.contexte import contexte_emis
from maillage.confirmer.cahier.documents import CAHIER
from maillage.confirmer.cahier.grille import ContexteDuCahier
from maillage.confirmer.droits import peut_deposer
from maillage.confirmer.forms.projet import FormulaireDeMonOffre
from maillage.confirmer.models import Offre
from maillage.confirmer.operations import decliner, deposer
from maillage.socle.documents.presentations import repondre_pdf, repondre_word
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.requetes import Requete
from maillage.socle.verrou import ConflitDeVersion
from maillage.socle.vues import rendre_formulaire

LIENS = (
    "ingenierie__operateur",
    "ingenierie__charge",
    "ingenierie__cahier_des_charges",
    "ingenierie__consultation",
    "prestataire",
)


@require_safe
def mes_consultations(request: Requete) -> HttpResponse:
    """Les consultations où mon organisation est invitée, la plus récente d'abord."""
    offres = Offre.objects.visibles_par(request.user).select_related(*LIENS)
    contexte = {
        "offres": offres.order_by("-ingenierie__consultation__ouverte_le", "pk")[:100],
        "maintenant": timezone.now(),
    }
    return render(request, "confirmer/mes_consultations.html", contexte)


@require_http_methods(["GET", "POST"])
def mon_offre(request: Requete, offre: UUID) -> HttpResponse:
    """Le cahier des charges, et l'offre que je dépose ou reprends jusqu'à la limite."""
    objet = _mienne(request, offre)
    depot = peut_deposer(objet)
    formulaire = FormulaireDeMonOffre(request.POST or None, instance=objet)
    if request.method == "POST":
        exiger(depot)
        if formulaire.enregistrer(deposer, objet, par=request.user):
            return redirect("confirmer:mon_offre", offre)
    contexte = {
        "offre": objet,
        "ingenierie": objet.ingenierie,
        "consultation": objet.ingenierie.consultation,
        "depot": depot,
        "formulaire": formulaire,
        "cahier": _cahier_emis(objet),
        "edition": objet.ingenierie.cahier_des_charges,
    }
    return rendre_formulaire(request, "confirmer/mon_offre.html", contexte)


@require_safe
def mon_cahier_word(request: Requete, offre: UUID) -> HttpResponse:
    """Le cahier émis, en Word."""
    objet = _mienne(request, offre)
    return repondre_word(request, CAHIER, _cahier_emis(objet), objet.ingenierie.operateur_id)


@require_safe
def mon_cahier_pdf(request: Requete, offre: UUID) -> HttpResponse:
    """Le cahier émis, en PDF."""
    return repondre_pdf(CAHIER, _cahier_emis(_mienne(request, offre)))


@require_POST
def je_decline(request: Requete, offre: UUID) -> HttpResponse:
    """Fait savoir que mon organisation ne répondra pas."""
    objet = _mienne(request, offre)
    try:
        decliner(objet, par=request.user)
    except ConflitDeVersion as conflit:
        messages.error(request, f"Rien n’a changé. {conflit}")
    return redirect("confirmer:mon_offre", offre)


def _mienne(request: Requete, offre: UUID) -> Offre:
    """L'offre de mon organisation, une fois l'appel ouvert. Lève `Http404`."""
    return visible_ou_404(Offre.objects.select_related(*LIENS), request.user, pk=offre)


def _cahier_emis(offre: Offre) -> ContexteDuCahier:
    """Le contenu figé à l'émission : jamais le brouillon ni le dossier d'aujourd'hui."""
    mission = offre.ingenierie
    return contexte_emis(mission, mission.cahier_des_charges, mission.consultation)
