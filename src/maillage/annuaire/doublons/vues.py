"""Pages des doublons : la liste à travailler, la réunion, son annulation, le registre."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.annuaire import droits
from maillage.annuaire.doublons import decisions, fusion, pages, travail
from maillage.annuaire.doublons.etapes import AnnulationImpossible, retirees
from maillage.annuaire.doublons.formulaire import FormulaireDeReunion
from maillage.annuaire.models import (
    Decision,
    Fusion,
    Organisation,
    PaireDeFiches,
    PaireDuRegistre,
)
from maillage.annuaire.slots import ANNONCES_DE_REUNION
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.listes import ColonneDeListe, Liste
from maillage.socle.requetes import Requete
from maillage.socle.travaux.operations import rejoindre_ou_lancer
from maillage.socle.vues import rendre_formulaire

DES_FICHES = (Decision.A_REVOIR, Decision.PLUS_TARD, Decision.DISTINCTES)
DU_REGISTRE = (*DES_FICHES, Decision.MEMES)
COLONNES = [
    ColonneDeListe("Une fiche", "note", ["-probabilite"]),
    ColonneDeListe("L’autre"),
    ColonneDeListe("Pourquoi"),
    ColonneDeListe("Gestes"),
]
RECHERCHES = {
    "fiches": ("Chercher les doublons des fiches", travail.FICHES, "annuaire:doublons"),
    "registre": (
        "Chercher les doublons du registre",
        travail.REGISTRE,
        "annuaire:doublons_du_registre",
    ),
}
REUNIONS = 10


@require_safe
def liste(request: Requete) -> HttpResponse:
    """Les fiches qui se ressemblent, dont cette personne peut modifier les deux."""
    exiger(_peut_revoir(request))
    decision = pages.decision_demandee(request.GET.get("decision", ""), DES_FICHES)
    paires = (
        PaireDeFiches.objects.visibles_par(request.user)
        .filter(decision=decision)
        .select_related("premiere__commune", "seconde__commune")
    )
    page = Liste(request, paires, colonnes=COLONNES, tri="note")
    reunions = Fusion.objects.visibles_par(request.user).valables().select_related("gardee")
    contexte = {
        "liste": page,
        "fil": [_structures(), {"libelle": "Doublons à revoir", "url": ""}],
        "lignes": pages.lignes_de_fiches(page.page),
        "decision": decision,
        "onglets": pages.onglets("annuaire:doublons", decision, DES_FICHES),
        "gestes": _gestes(decisions.GESTES, decision),
        "reunions": reunions[:REUNIONS],
        "administre": droits.peut_administrer(request.user),
        "rapproche": droits.peut_creer(request.user),
    }
    return render(request, "annuaire/doublons/liste.html", contexte)


@require_http_methods(["GET", "POST"])
def reunir(request: Requete, paire: UUID) -> HttpResponse:
    """Deux fiches côte à côte ; choisir ce que l'on garde, et n'en faire qu'une."""
    gardee, absorbee = _fiches(_paire(request, paire))
    formulaire = FormulaireDeReunion(request.POST or None, gardee=gardee, absorbee=absorbee)
    if request.method == "POST" and formulaire.is_valid():
        try:
            faite = fusion.reunir(
                gardee,
                absorbee,
                champs=formulaire.champs(),
                lignes=formulaire.lignes(),
                par=request.user,
            )
        except fusion.ReunionImpossible as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            messages.success(request, f"« {faite.nom_absorbee} » est réunie à « {gardee.nom} ».")
            return redirect(faite)
    contexte = {
        "formulaire": formulaire,
        "gardee": gardee,
        "absorbee": absorbee,
        "fil": _fil("Réunir"),
        "suivis": pages.suivis(absorbee),
        "annonces": [a for a in ANNONCES_DE_REUNION.tout(gardee.pk, absorbee.pk) if a],
    }
    return rendre_formulaire(request, "annuaire/doublons/reunir.html", contexte)


@require_POST
def decider(request: Requete, paire: UUID, geste: str) -> HttpResponse:
    """« Ce sont deux structures », plus tard, ou de nouveau à revoir."""
    return _decider(request, _paire(request, paire), decisions.GESTES, geste, "annuaire:doublons")


@require_safe
def reunion(request: Requete, cle: UUID) -> HttpResponse:
    """Une réunion faite : ce qui a suivi, ce qui a été mis de côté, l'annuler."""
    faite = _fusion(request, cle)
    de_cote = retirees(faite.etapes)
    contexte = {
        "fusion": faite,
        "fil": _fil("Réunion"),
        "peut_annuler": droits.peut_modifier(request.user, faite.gardee),
        "de_cote": [
            {"quoi": o._meta.verbose_name, "dit": str(o)}
            for o in de_cote
            if not isinstance(o, Organisation | PaireDeFiches)
        ],
        "suite": pages.dire_les_deplaces(faite),
    }
    return render(request, "annuaire/doublons/reunion.html", contexte)


@require_POST
def annuler(request: Requete, cle: UUID) -> HttpResponse:
    """Remet les deux fiches comme avant, ou dit pourquoi ce n'est plus possible."""
    faite = _fusion(request, cle)
    exiger(droits.peut_modifier(request.user, faite.gardee))
    try:
        fusion.annuler(faite, par=request.user)
    except AnnulationImpossible as erreur:
        messages.error(request, f"Rien n’a changé. {erreur}")
    else:
        messages.success(request, f"« {faite.nom_absorbee} » a retrouvé sa fiche.")
    return redirect(faite)


@require_POST
def chercher(request: Requete, ou: str) -> HttpResponse:
    """Lance la recherche, ou mène à celle qui tourne déjà."""
    if ou not in RECHERCHES:
        raise Http404
    exiger(droits.peut_administrer(request.user) if ou == "registre" else _peut_revoir(request))
    libelle, tache, suite = RECHERCHES[ou]
    demande = rejoindre_ou_lancer(
        libelle=libelle, tache=tache, parametres={}, par=request.user, suite=reverse(suite)
    )
    return redirect(demande)


@require_safe
def registre(request: Requete) -> HttpResponse:
    """Les associations du registre déclarées deux fois, pour qui administre l'instance."""
    exiger(droits.peut_administrer(request.user))
    decision = pages.decision_demandee(request.GET.get("decision", ""), DU_REGISTRE)
    paires = PaireDuRegistre.objects.filter(decision=decision)
    page = Liste(request, paires, colonnes=COLONNES, tri="note")
    contexte = {
        "liste": page,
        "lignes": pages.lignes_du_registre(page.page),
        "decision": decision,
        "onglets": pages.onglets("annuaire:doublons_du_registre", decision, DU_REGISTRE),
        "gestes": _gestes(decisions.GESTES_DU_REGISTRE, decision),
        "fil": _fil("Au registre"),
    }
    return render(request, "annuaire/doublons/registre.html", contexte)


@require_POST
def decider_au_registre(request: Requete, paire: UUID, geste: str) -> HttpResponse:
    """La même association, deux associations, plus tard, ou de nouveau à revoir."""
    exiger(droits.peut_administrer(request.user))
    objet = get_object_or_404(PaireDuRegistre, pk=paire)
    gestes = decisions.GESTES_DU_REGISTRE
    return _decider(request, objet, gestes, geste, "annuaire:doublons_du_registre")


def _decider(
    request: Requete,
    paire: PaireDeFiches | PaireDuRegistre,
    gestes: dict[str, tuple[Decision, str]],
    geste: str,
    retour: str,
) -> HttpResponse:
    if geste not in gestes:
        raise Http404
    decision, _ = gestes[geste]
    avant = paire.decision
    decisions.decider(paire, decision, par=request.user)
    messages.success(request, f"C’est retenu : {decision.label}.")
    return redirect(f"{reverse(retour)}?decision={avant}")


def _gestes(gestes: dict[str, tuple[Decision, str]], decision: str) -> list[dict[str, str]]:
    """Les gestes offerts : tous, sauf celui qui ne changerait rien."""
    return [
        {"nom": nom, "libelle": libelle}
        for nom, (vers, libelle) in gestes.items()
        if vers.value != decision
    ]


def _peut_revoir(request: Requete) -> Any:
    """Qui tient un portefeuille, ou l'administration, qui tient les fiches du DLA."""
    return droits.peut_administrer(request.user) or droits.peut_creer(request.user)


def _paire(request: Requete, cle: UUID) -> PaireDeFiches:
    liees = ("commune", "operateur", "rattachee_a")
    paires = PaireDeFiches.objects.select_related(
        *(f"{cote}__{lie}" for cote in ("premiere", "seconde") for lie in liees)
    )
    paire = visible_ou_404(paires, request.user, pk=cle)
    exiger(droits.peut_reunir(request.user, paire.premiere, paire.seconde))
    return paire


def _fiches(paire: PaireDeFiches) -> tuple[Organisation, Organisation]:
    """La plus ancienne est gardée : son adresse est la plus connue."""
    ancienne, recente = sorted((paire.premiere, paire.seconde), key=lambda o: (o.cree_le, o.pk))
    return ancienne, recente


def _fusion(request: Requete, cle: UUID) -> Fusion:
    faites = Fusion.objects.select_related(
        "gardee__commune", "gardee__operateur", "faite_par", "annulee_par"
    )
    return visible_ou_404(faites, request.user, pk=cle)


def _fil(libelle: str) -> list[dict[str, str]]:
    return [
        _structures(),
        {"libelle": "Doublons à revoir", "url": reverse("annuaire:doublons")},
        {"libelle": libelle, "url": ""},
    ]


def _structures() -> dict[str, str]:
    return {"libelle": "Structures", "url": reverse("annuaire:structures")}
