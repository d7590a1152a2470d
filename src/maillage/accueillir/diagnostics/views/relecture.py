"""La relecture : soumettre, valider, demander une correction, comparer, sortir le document."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.accueillir import droits as accueil
from maillage.accueillir.diagnostics import comparaison, droits, validation
from maillage.accueillir.diagnostics.contexte import contexte_du_diagnostic
from maillage.accueillir.diagnostics.documents import DIAGNOSTIC
from maillage.accueillir.diagnostics.forms import FormulaireDeConstat, FormulaireDeReponse
from maillage.accueillir.diagnostics.lecture import lire
from maillage.accueillir.diagnostics.views.commun import fil, lire_diagnostic, partage
from maillage.accueillir.models import FormeDeLecture
from maillage.socle.documents.presentations import repondre_pdf, repondre_word
from maillage.socle.droits import exiger
from maillage.socle.requetes import Requete
from maillage.socle.vues import jouer, rendre_formulaire

GESTES_DU_DLA = {"soumettre": validation.soumettre, "reprendre": validation.reprendre}
GESTES_DE_LA_STRUCTURE = {
    "valider": (validation.valider, "Vous avez validé ce diagnostic : il ne change plus."),
    "corriger": (
        validation.demander_correction,
        "Votre demande est transmise : le DLA reprend le texte et vous le soumettra de nouveau.",
    ),
}


@require_POST
def etat(request: Requete, pk: UUID, verbe: str) -> HttpResponse:
    """Le DLA le soumet à la structure, ou le remet en cours."""
    objet = lire_diagnostic(request, pk)
    exiger(accueil.peut_modifier(request.user, objet))
    if verbe not in GESTES_DU_DLA:
        raise Http404
    jouer(request, partial(GESTES_DU_DLA[verbe], objet))
    return redirect(objet)


@require_POST
def repondre(request: Requete, pk: UUID, verbe: str) -> HttpResponse:
    """La structure le valide, ou demande une correction."""
    objet = lire_diagnostic(request, pk)
    exiger(droits.peut_valider(request.user, objet))
    if verbe not in GESTES_DE_LA_STRUCTURE:
        raise Http404
    geste, succes = GESTES_DE_LA_STRUCTURE[verbe]
    qui = str(request.user)
    if jouer(request, partial(geste, objet, au_nom_de=qui), FormulaireDeReponse):
        messages.success(request, succes)
    if accueil.peut_voir(request.user, objet) and not objet.se_modifie:
        return redirect(objet)
    return redirect("accueillir:diagnostics")


@require_http_methods(["GET", "POST"])
def consigner(request: Requete, pk: UUID) -> HttpResponse:
    """L'agent consigne une validation donnée de vive voix, avec sa preuve."""
    objet = lire_diagnostic(request, pk)
    exiger(accueil.peut_modifier(request.user, objet))
    formulaire = FormulaireDeConstat(request.POST or None, instance=objet)
    if formulaire.is_valid():
        dit = {nom: formulaire.cleaned_data[nom] for nom in ("remarques", "preuve")}
        dit["au_nom_de"] = formulaire.cleaned_data["valide_par"]
        if formulaire.enregistrer(validation.valider, objet, par=request.user, **dit):
            return redirect(objet)
    contexte = {"formulaire": formulaire, "diagnostic": objet, "fil": fil(objet, "Validation")}
    return rendre_formulaire(request, "accueillir/diagnostics/consigner.html", contexte)


@require_safe
def comparer(request: Requete, pk: UUID, avant: UUID) -> HttpResponse:
    """Deux diagnostics d'une même structure, domaine par domaine."""
    objet, ancien = lire_diagnostic(request, pk), lire_diagnostic(request, avant)
    if objet.structure_id != ancien.structure_id or objet.pk == ancien.pk:
        raise Http404
    for lu in (objet, ancien):
        exiger(droits.peut_relire(request.user, lu))
    interne = all(accueil.peut_voir_interne(request.user, lu) for lu in (objet, ancien))
    compares = comparaison.comparer(lire(ancien), lire(objet), interne=interne)
    contexte = {
        "diagnostic": objet,
        "ancien": ancien,
        "phrase": comparaison.dire(compares),
        "bouges": [d for d in compares if d.change],
        "stables": [d for d in compares if not d.change],
        "pourquoi": accueil.peut_voir(request.user, objet).raison,
        "fil": fil(objet, "Comparaison"),
    }
    return render(request, "accueillir/diagnostics/comparer.html", contexte)


@require_safe
def word(request: Requete, pk: UUID) -> HttpResponse:
    """Ce qui est partagé, en Word, sur le gabarit du DLA s'il en a un."""
    objet = partage(request, pk, FormeDeLecture.WORD)
    if isinstance(objet, HttpResponse):
        return objet
    return repondre_word(request, DIAGNOSTIC, contexte_du_diagnostic(objet), objet.operateur_id)


@require_safe
def pdf(request: Requete, pk: UUID) -> HttpResponse:
    """Le même, en PDF."""
    objet = partage(request, pk, FormeDeLecture.PDF)
    if isinstance(objet, HttpResponse):
        return objet
    return repondre_pdf(DIAGNOSTIC, contexte_du_diagnostic(objet))
