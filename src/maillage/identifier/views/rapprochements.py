"""Pages des rapprochements : chercher, lire ce qui rapproche, retenir, joindre, scinder, sortir."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier import droits, listes
from maillage.identifier.models import (
    EtatProblematique,
    EtatRapprochement,
    Problematique,
    Rapprochement,
    Signal,
)
from maillage.identifier.regroupement import lecture, operations
from maillage.identifier.regroupement.travail import LIBELLE, RAPPROCHER
from maillage.identifier.transitions import RAPPROCHEMENTS
from maillage.identifier.views.commun import fil, onglets, signaux_choisis
from maillage.identifier.visibilite import mes_dla
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.formulaires import FormulaireDeVerbeMotive
from maillage.socle.listes import ColonneDeListe
from maillage.socle.mots import citer, compter
from maillage.socle.requetes import Requete, lire_cle
from maillage.socle.sujets import sujet_de
from maillage.socle.transitions import TransitionRefusee
from maillage.socle.travaux.operations import rejoindre_ou_lancer
from maillage.socle.vues import jouer, rendre_liste

LUS = 100
"""Besoins montrés d'un rapprochement."""
CHOIX = 100
"""Autres rapprochements, problématiques, que l'on peut choisir sur la page."""


@require_safe
def rapprochements(request: Requete) -> HttpResponseBase:
    """Ce que l'on me propose de lire ensemble, ce que j'ai retenu, ce que j'ai écarté."""
    liste = listes.rapprochements(request, request.user)
    contexte = {
        "onglets": onglets("rapprochements", request.user),
        "peut_noter": droits.peut_noter(request.user),
    }
    return rendre_liste(
        request, "identifier/rapprochements.html", liste, listes.EXPORT_DES_RAPPROCHEMENTS, contexte
    )


@require_POST
def chercher(request: Requete) -> HttpResponse:
    """Lance le rapprochement des besoins de mes DLA, ou mène à celui qui tourne déjà."""
    exiger(droits.peut_noter(request.user))
    demande = rejoindre_ou_lancer(
        libelle=LIBELLE,
        tache=RAPPROCHER,
        parametres={"operateurs": sorted(map(str, mes_dla(perimetre_de(request.user))))},
        par=request.user,
        suite=reverse("identifier:rapprochements"),
    )
    return redirect(demande)


@require_safe
def rapprochement(request: Requete, pk: UUID) -> HttpResponse:
    """Un rapprochement : ce qui le tient, ses besoins, et ce que l'on peut en faire."""
    objet: Any = visible_ou_404(Rapprochement.objects.pour_liste(), request.user, pk=pk)
    lus = Signal.objects.visibles_par(request.user).filter(rapprochements=objet)
    signaux = list(lus.pour_liste()[:LUS])
    du_dla = {"operateur": objet.operateur_id}
    autres = Rapprochement.objects.filter(**du_dla, problematique=None).exclude(pk=pk)
    problematiques = Problematique.objects.filter(**du_dla).exclude(etat=EtatProblematique.ECARTEE)
    contexte = {
        "rapprochement": objet,
        "fil": fil("rapprochements", objet.libelle),
        "sujet": sujet_de(objet, request.user),
        "phrase": _phrase(objet),
        "signaux": signaux,
        "colonnes": [ColonneDeListe(c.libelle) for c in listes.COLONNES_DES_SIGNAUX],
        "caches": objet.nb_signaux - len(signaux),
        "raisons": lecture.raisons(objet),
        "voisins": lecture.voisins(objet.theme, request.user),
        "autres": list(_proches_d_abord(autres, objet.theme)[:CHOIX]),
        "problematiques": list(problematiques.only("titre")[:CHOIX]),
        "ecarte": objet.etat == EtatRapprochement.ECARTE,
        "verbes": RAPPROCHEMENTS.verbes(objet, "identifier:rapprochement_etat", pk),
    }
    return render(request, "identifier/rapprochement.html", contexte)


@require_POST
def etat(request: Requete, pk: UUID, verbe: str) -> HttpResponse:
    """Retient, écarte ou remet à l'étude."""
    objet = _rapprochement(request, pk)
    jouer(request, partial(operations.changer_etat, objet, verbe), FormulaireDeVerbeMotive)
    return redirect(objet)


@require_POST
def joindre(request: Requete, pk: UUID) -> HttpResponse:
    """Joint un autre rapprochement à celui-ci."""
    cle = lire_cle(request.POST.get("autre", ""))
    siens = Rapprochement.objects.visibles_par(request.user)
    autre = siens.filter(pk=cle).first() if cle else None
    geste = partial(operations.joindre, autre=autre)
    return _faire(request, pk, geste, "C’est joint : ces besoins resteront ensemble.")


@require_POST
def scinder(request: Requete, pk: UUID) -> HttpResponse:
    """Met à part les besoins cochés, en un autre rapprochement."""
    geste = partial(operations.scinder, signaux=signaux_choisis(request))
    return _faire(request, pk, geste, "Les besoins cochés font un autre besoin partagé.")


@require_POST
def sortir(request: Requete, pk: UUID) -> HttpResponse:
    """Sort les besoins cochés : ils ne reviendront pas avec ceux-là."""
    geste = partial(operations.sortir, signaux=signaux_choisis(request))
    return _faire(request, pk, geste, "Les besoins cochés ne seront plus rapprochés de ceux-ci.")


@require_POST
def nourrir(request: Requete, pk: UUID) -> HttpResponse:
    """Ouvre une problématique depuis ce rapprochement, ou nourrit celle que l'on choisit."""
    objet = _rapprochement(request, pk)
    choisie = None
    if brute := request.POST.get("problematique", ""):
        possibles = Problematique.objects.visibles_par(request.user)
        choisie = get_object_or_404(possibles, pk=lire_cle(brute))
        exiger(droits.peut_modifier(request.user, choisie))
    try:
        nourrie = operations.nourrir(objet, choisie, par=request.user)
    except TransitionRefusee as refus:
        messages.error(request, f"Rien n’a changé. {refus}")
        return redirect(objet)
    messages.success(
        request,
        f"Ces besoins nourrissent {citer(nourrie)}."
        if choisie
        else "Une problématique est formulée avec ces besoins : écrivez son contexte, "
        "puis confirmez-la.",
    )
    return redirect(nourrie)


def _faire(request: Requete, pk: UUID, geste: Callable[..., object], fait: str) -> HttpResponse:
    objet = _rapprochement(request, pk)
    try:
        geste(objet, par=request.user)
    except operations.GesteImpossible as refus:
        messages.error(request, f"Rien n’a changé. {refus}")
    else:
        messages.success(request, fait)
    return redirect(objet)


def _rapprochement(request: Requete, pk: UUID) -> Rapprochement:
    objet = visible_ou_404(Rapprochement.objects.select_related("operateur"), request.user, pk=pk)
    exiger(droits.peut_modifier(request.user, objet))
    return objet


def _phrase(objet: Any) -> str:
    """« 11 structures le disent, en 14 besoins notés. »"""
    structures = compter(objet.nb_structures, "structure le dit", "structures le disent")
    return f"{structures}, en {compter(objet.nb_signaux, 'besoin noté', 'besoins notés')}."


def _proches_d_abord(autres: Any, theme: str) -> Any:
    """Ceux du même thème en tête."""
    return autres.order_by(lecture.du_theme(theme), "libelle", "pk")
