"""La page du collectif déjà constitué."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage import methode
from maillage.confirmer.mobilisation.collectif.forms import ChoixDeMembres, FormulaireDeCollectif
from maillage.confirmer.mobilisation.collectif.operations import (
    VOIE,
    EntreeRefusee,
    entrer_le_collectif,
)
from maillage.confirmer.models import Mobilisation, Participation
from maillage.confirmer.views.mobilisation import STRUCTURES
from maillage.confirmer.views.registre import choisir
from maillage.ingenieries.droits import peut_modifier
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import exiger
from maillage.socle.mots import compter
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire


@require_http_methods(["GET", "POST"])
def collectif(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Coller les membres, relire ce qui est reconnu, entrer le collectif d'un coup."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    campagne = Mobilisation.objects.filter(ingenierie=dossier).first()
    formulaire = FormulaireDeCollectif(
        request.POST or None,
        utilisateur=request.user,
        initial={"collectif": campagne.collectif if campagne else ""},
    )
    if formulaire.is_valid() and formulaire.relue and not formulaire.indecises:
        entrees = _entrer(request, dossier, formulaire)
        if entrees:
            return redirect("confirmer:mobilisation", dossier.pk)
    contexte = {
        "ingenierie": dossier,
        "formulaire": formulaire,
        "quittee": _quittee(campagne),
        "url_cocher": reverse("confirmer:cocher_le_collectif", args=[dossier.pk]),
        "retour": reverse("confirmer:mobilisation", args=[dossier.pk]),
    }
    return rendre_formulaire(request, "confirmer/mobilisation/collectif.html", contexte)


def _quittee(campagne: Mobilisation | None) -> str:
    """La voie qu'entrer un collectif fera quitter ; vide s'il n'y en a pas d'autre."""
    if campagne is None or campagne.voie in ("", VOIE):
        return ""
    return methode.element("groupes.methodes", campagne.voie).libelle


def _entrer_les_coches(dossier: Ingenierie, formulaire: Any, par: Any) -> list[Participation]:
    """Le nom du collectif, s'il est déjà dit, reste."""
    lues = formulaire.cleaned_data
    return entrer_le_collectif(dossier, "", lues["organisations"], palier=lues["palier"], par=par)


MEMBRES = replace(
    STRUCTURES,
    titre="Cocher les membres du collectif",
    phrase="Cherchez-les dans les structures que vous voyez, cochez-les : ils entrent d’un coup, "
    "et la mobilisation suit désormais la voie du collectif.",
    formulaire=ChoixDeMembres,
    ajouter=_entrer_les_coches,
    retour="confirmer:mobilisation",
    revenir="Revenir à la mobilisation",
)


@require_http_methods(["GET", "POST"])
def cocher(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Entrer le collectif en cochant ses membres, quand on les suit déjà."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    return choisir(request, dossier, MEMBRES)


def _entrer(request: Requete, dossier: Ingenierie, formulaire: FormulaireDeCollectif) -> bool:
    """Vrai si le collectif est entré ; sinon la page dit sur quelle ligne cela a buté."""
    membres: list[Any] = formulaire.retenues
    if not membres:
        messages.error(request, "Toutes les lignes sont laissées de côté : il n’y a rien à entrer.")
        return False
    dites = formulaire.cleaned_data
    try:
        nouvelles = entrer_le_collectif(
            dossier, dites["collectif"], membres, palier=dites["palier"], par=request.user
        )
    except EntreeRefusee as refus:
        formulaire.refuser(refus.entree, str(refus))
        messages.error(request, "Rien n’est entré : une ligne reste à reprendre, plus bas.")
        return False
    messages.success(request, _dire(len(nouvelles), len(membres)))
    return True


def _dire(nouvelles: int, membres: int) -> str:
    """« 8 structures sont entrées ; 2 y étaient déjà, à leur palier. »"""
    entrees = compter(nouvelles, "structure est entrée", "structures sont entrées")
    deja = membres - nouvelles
    reste = compter(deja, "y était déjà, à son palier", "y étaient déjà, à leur palier")
    return f"{entrees} ; {reste}." if deja else f"{entrees}."
