"""Dire si sa structure sera d'un accompagnement à plusieurs, y revenir, changer d'avis."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from maillage.confirmer.demandes_adressees import adressees_a, campagne_de
from maillage.confirmer.mobilisation import reponses
from maillage.confirmer.mobilisation.forms_reponse import FormulaireDeReponse, saisie
from maillage.confirmer.models import BrouillonDeReponse, Participation
from maillage.portail.models import PagePersonnelle, Remise
from maillage.portail.seance import chez_soi, de_sa_main
from maillage.socle.vues import rendre_formulaire


@chez_soi
@de_sa_main
@require_http_methods(["GET", "POST"])
def repondre(request: HttpRequest, mienne: PagePersonnelle, participation: UUID) -> HttpResponse:
    """Ma réponse pour cette mission : la lire, la donner, la changer jusqu'à la date limite."""
    lue = _participation(mienne, participation)
    ouverte = reponses.peut_repondre(lue, campagne_de(lue))
    brouillon = BrouillonDeReponse.objects.filter(
        participation=lue, personne=mienne.personne
    ).first()
    formulaire = FormulaireDeReponse(
        request.POST or None, participation=lue, initial=brouillon.contenu if brouillon else lue.dit
    )
    if request.method == "POST" and ouverte and _envoyer(mienne, lue, formulaire):
        messages.success(request, "Votre réponse est partie. Vous pouvez revenir la changer.")
        return redirect("portail:page")
    contexte = {
        "mienne": mienne,
        "participation": lue,
        "campagne": campagne_de(lue),
        "ouverte": ouverte,
        "brouillon": brouillon,
        "formulaire": formulaire,
    }
    return rendre_formulaire(request, "portail/mobilisation.html", contexte)


def _envoyer(mienne: PagePersonnelle, lue: Participation, formulaire: FormulaireDeReponse) -> bool:
    """Faux si la réponse est à reprendre : mal remplie, ou devancée par celle d'un collègue."""
    if not formulaire.is_valid():
        return False
    try:
        reponses.repondre(
            lue,
            formulaire.cleaned_data,
            questions=formulaire.reponses,
            dit=formulaire.dit(),
            personne=mienne.personne,
            signature=_signature(mienne),
        )
    except reponses.Devancee:
        lue.refresh_from_db(fields=["repondu_le"])
        formulaire.devancer()
        return False
    return True


@chez_soi
@de_sa_main
@require_POST
def garder(request: HttpRequest, mienne: PagePersonnelle, participation: UUID) -> HttpResponse:
    """Garde ce qui est commencé, tel quel, pour y revenir de n'importe quel appareil."""
    lue = _participation(mienne, participation)
    if reponses.peut_repondre(lue, campagne_de(lue)):
        formulaire = FormulaireDeReponse(participation=lue)
        contenu = saisie(request.POST, formulaire.fields)
        reponses.garder_le_brouillon(lue, contenu, personne=mienne.personne)
        messages.success(request, "C’est gardé. Rien n’est encore envoyé.")
    else:
        messages.error(request, "Rien n’est gardé : votre réponse ne se change plus ici.")
    return redirect("portail:mobilisation", lue.pk)


def _signature(mienne: PagePersonnelle) -> str:
    """Qui répond ; un lien copié par un agent le dit, car il a pu rester au DLA."""
    if mienne.remise == Remise.COURRIEL:
        return mienne.signature
    return f"{mienne.signature} ({mienne.comment_remise})"


def _participation(mienne: PagePersonnelle, cle: UUID) -> Participation:
    """La mobilisation où un contact de ma structure est invité ; 404 pour toute autre."""
    return get_object_or_404(adressees_a(mienne.interlocuteur), pk=cle)
