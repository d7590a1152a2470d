"""Consulter : les verbes du cahier et de la consultation, les offres côte à côte, la décision."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.annuaire.models import Nature
from maillage.confirmer.comparaison import comparer
from maillage.confirmer.droits import peut_lire_les_offres
from maillage.confirmer.forms.mobilisation import ChoixDOrganisations, ReponseAuxStructures
from maillage.confirmer.forms.projet import FormulaireDeDecision, FormulaireDeNotes
from maillage.confirmer.models import CahierDesCharges, Consultation, EtatConsultation, Offre
from maillage.confirmer.operations import (
    changer_cahier,
    changer_consultation,
    consulter,
    decider,
    informer,
    noter,
)
from maillage.confirmer.views.registre import Registre, choisir
from maillage.ingenieries.droits import peut_modifier
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import exiger
from maillage.socle.requetes import Requete, lire_cles
from maillage.socle.transitions import TransitionRefusee
from maillage.socle.verrou import ConflitDeVersion
from maillage.socle.vues import jouer, rendre_formulaire

DEMARCHE = "confirmer.regler"


def _consulter(dossier: Ingenierie, formulaire: Any, par: Any) -> list[Offre]:
    organisations = formulaire.cleaned_data["organisations"]
    return consulter(dossier, organisations, le=timezone.localdate(), par=par)


PRESTATAIRES = Registre(
    titre="Choisir les prestataires à consulter",
    phrase="Ils liront le cahier des charges quand vous ouvrirez la consultation, pas avant.",
    nom="prestataire",
    natures=[Nature.PRESTATAIRE],
    lien="offres",
    formulaire=ChoixDOrganisations,
    ajouter=_consulter,
    demarche=DEMARCHE,
)


@require_http_methods(["GET", "POST"])
def inscrire_des_prestataires(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Inscrit plusieurs prestataires de l'annuaire partagé."""
    dossier = _modifiable(request, ingenierie)
    return choisir(request, dossier, PRESTATAIRES)


@require_POST
def cahier(request: Requete, ingenierie: UUID, verbe: str) -> HttpResponse:
    """Émet le cahier des charges, ou le reprend en brouillon."""
    dossier = _modifiable(request, ingenierie)
    objet = get_object_or_404(CahierDesCharges, ingenierie=dossier)
    objet.ingenierie = dossier
    jouer(request, partial(changer_cahier, objet, verbe))
    return redirect("ingenieries:demarche", dossier.pk, DEMARCHE)


@require_POST
def consultation(request: Requete, ingenierie: UUID, verbe: str) -> HttpResponse:
    """Ouvre, clôt, rouvre la consultation, ou reprend la décision."""
    if verbe == "decider":
        raise Http404
    dossier = _modifiable(request, ingenierie)
    objet = get_object_or_404(Consultation, ingenierie=dossier)
    objet.ingenierie = dossier
    jouer(request, partial(changer_consultation, objet, verbe))
    return redirect("ingenieries:demarche", dossier.pk, DEMARCHE)


@require_http_methods(["GET", "POST"])
def offres(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Les offres côte à côte ; envoyer le formulaire, c'est décider."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_lire_les_offres(request.user, dossier))
    objet = getattr(dossier, "consultation", None)
    formulaire = FormulaireDeDecision(request.POST or None, ingenierie=dossier)
    if request.method == "POST":
        exiger(peut_modifier(request.user, dossier))
        if objet is None:
            raise Http404
        if formulaire.is_valid() and _decider(request, objet, formulaire):
            return redirect("ingenieries:demarche", dossier.pk, DEMARCHE)
    peut_ecrire = bool(peut_modifier(request.user, dossier))
    contexte = {
        "ingenierie": dossier,
        "consultation": objet,
        "comparaison": comparer(dossier),
        "formulaire": formulaire,
        "modifier": peut_ecrire,
        "a_decider": peut_ecrire and objet is not None and objet.etat == EtatConsultation.CLOSE,
        "retour": reverse("ingenieries:demarche", args=[dossier.pk, DEMARCHE]),
    }
    return rendre_formulaire(request, "confirmer/offres.html", contexte)


def _decider(request: Requete, objet: Consultation, formulaire: FormulaireDeDecision) -> bool:
    try:
        decider(objet, **formulaire.cleaned_data, par=request.user)
    except (TransitionRefusee, ConflitDeVersion) as erreur:
        formulaire.add_error(None, str(erreur))
        return False
    return True


@require_http_methods(["GET", "POST"])
def noter_une_offre(request: Requete, ingenierie: UUID, offre: UUID) -> HttpResponse:
    """Mes notes sur une offre, une par critère, avec le pourquoi."""
    dossier = _modifiable(request, ingenierie)
    exiger(peut_lire_les_offres(request.user, dossier))
    objet = get_object_or_404(
        dossier.offres.deposees().select_related("prestataire", "ingenierie__operateur"), pk=offre
    )
    formulaire = FormulaireDeNotes(request.POST or None, initial=_mes_notes(request, objet))
    if request.method == "POST" and formulaire.is_valid():
        noter(objet, formulaire.notes, par=request.user)
        return redirect("confirmer:offres", dossier.pk)
    contexte = {"ingenierie": dossier, "offre": objet, "formulaire": formulaire}
    return rendre_formulaire(request, "confirmer/noter.html", contexte)


def _mes_notes(request: Requete, offre: Offre) -> dict[str, str]:
    initial: dict[str, str] = {}
    for note in offre.notes.filter(auteur=request.user):
        initial |= {note.critere: str(note.valeur), f"{note.critere}_remarque": note.remarque}
    return initial


@require_POST
def informer_les_prestataires(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Note que les prestataires connaissent la décision, et la leur annonce."""
    dossier = _modifiable(request, ingenierie)
    formulaire = ReponseAuxStructures(request.POST)
    if not formulaire.is_valid():
        messages.error(request, f"Rien n’a changé. {formulaire.errors['le'].as_text()}")
    else:
        cles = lire_cles(request.POST.getlist("offres"))
        informer(dossier, cles, le=formulaire.cleaned_data["le"], par=request.user)
    return redirect("confirmer:offres", dossier.pk)


def _modifiable(request: Requete, ingenierie: UUID) -> Ingenierie:
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    return dossier
