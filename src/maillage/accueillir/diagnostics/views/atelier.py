"""L'atelier : ouvrir un diagnostic, écrire ses domaines, dire ses besoins."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.accueillir import droits as accueil
from maillage.accueillir.autorisations.droits import peut_compter, peut_lire_diagnostic
from maillage.accueillir.diagnostics import droits, liste, operations, themes
from maillage.accueillir.diagnostics.contexte import contexte_du_diagnostic, dire_l_etat
from maillage.accueillir.diagnostics.forms import (
    FormulaireDeBesoin,
    FormulaireDeDiagnostic,
    FormulaireDeForme,
    FormulaireDeVolet,
    FormulaireDOuverture,
)
from maillage.accueillir.diagnostics.lecture import DomaineLu, dire_ou_il_en_est, lire
from maillage.accueillir.diagnostics.transitions import DIAGNOSTICS
from maillage.accueillir.diagnostics.views.commun import a_ecrire, fil, lire_diagnostic, partage
from maillage.accueillir.models import (
    Besoin,
    Diagnostic,
    EtatDiagnostic,
    FormeDeDiagnostic,
    FormeDeLecture,
)
from maillage.accueillir.onglets import onglets
from maillage.annuaire.models import Organisation
from maillage.annuaire.slots import GESTES, LIENS_PERSONNELS
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.models import Document
from maillage.socle.mots import citer
from maillage.socle.requetes import Requete
from maillage.socle.sujets import sujet_de
from maillage.socle.verrou import ConflitDeVersion
from maillage.socle.vues import jouer, rendre_formulaire, rendre_liste
from maillage.territoires.champs import saisie_en_cours

VERBES_DU_DLA = {"soumettre", "reprendre"}
EN_RELECTURE = {
    EtatDiagnostic.A_VALIDER: "La structure le relit : il ne change pas d’ici sa réponse.",
    EtatDiagnostic.VALIDE: "La structure l’a validé : il ne change plus.",
}


@require_safe
def diagnostics(request: Requete) -> HttpResponseBase:
    """Les diagnostics que je mène, ou ceux de ma structure."""
    lus = liste.diagnostics(request, request.user)
    contexte = {
        "onglets": onglets("diagnostics", request.user),
        "accueillir": accueil.peut_accueillir(request.user),
        "compter": peut_compter(request.user),
    }
    return rendre_liste(request, "accueillir/diagnostics/liste.html", lus, liste.EXPORT, contexte)


@require_safe
def diagnostic(request: Requete, pk: UUID) -> HttpResponse:
    """L'atelier pour l'équipe qui le mène ; ce qui est partagé pour qui peut le lire."""
    objet = partage(request, pk, FormeDeLecture.ECRAN)
    if isinstance(objet, HttpResponse):
        return objet
    if accueil.peut_voir_interne(request.user, objet):
        return _atelier(request, objet)
    contexte = {
        "diagnostic": objet,
        "lecture": contexte_du_diagnostic(objet),
        "valider": droits.peut_valider(request.user, objet),
        "precedent": _precedent(request, objet),
        "pourquoi": peut_lire_diagnostic(request.user, objet).raison,
    }
    return render(request, "accueillir/diagnostics/relire.html", contexte)


@require_http_methods(["GET", "POST"])
def ouvrir(request: Requete, structure: UUID) -> HttpResponse:
    """Ouvre un diagnostic pour une structure, neuf ou qui reprend le dernier."""
    chez = visible_ou_404(Organisation.objects.structures(), request.user, pk=structure)
    exiger(droits.peut_ouvrir(request.user, chez))
    formulaire = FormulaireDOuverture(
        request.POST or None,
        instance=Diagnostic(structure=chez),
        utilisateur=request.user,
        structure=chez,
    )
    if request.method == "POST" and formulaire.is_valid():
        return redirect(operations.ouvrir(formulaire.instance, par=request.user))
    contexte = {"formulaire": formulaire, "structure": chez}
    return rendre_formulaire(request, "accueillir/diagnostics/ouvrir.html", contexte)


@require_http_methods(["GET", "POST"])
def modifier(request: Requete, pk: UUID) -> HttpResponse:
    """Écrit ce qu'il faut retenir, la date, qui s'en charge."""
    objet = a_ecrire(request, pk)
    formulaire = FormulaireDeDiagnostic(
        request.POST or None, instance=objet, utilisateur=request.user
    )
    if formulaire.enregistrer(operations.modifier, formulaire.instance, par=request.user):
        return redirect(objet)
    contexte = {"formulaire": formulaire, "diagnostic": objet, "fil": fil(objet, "Retenir")}
    return rendre_formulaire(request, "accueillir/diagnostics/modifier.html", contexte)


@require_POST
def forme(request: Requete, pk: UUID) -> HttpResponse:
    """Bascule entre forme courte et forme complète."""
    objet = a_ecrire(request, pk)
    jouer(request, partial(operations.changer_de_forme, objet), FormulaireDeForme)
    return redirect(objet)


@require_http_methods(["GET", "POST"])
def domaine(request: Requete, pk: UUID, code: str) -> HttpResponse:
    """Un domaine ouvert sur son chemin : ce que l'on y écrit, ses besoins."""
    objet = lire_diagnostic(request, pk)
    exiger(accueil.peut_voir_interne(request.user, objet))
    if request.method == "POST":
        exiger(droits.peut_ecrire(request.user, objet))
    domaines = lire(objet)
    ouvert = _choisi(domaines, code)
    formulaire = FormulaireDeVolet(
        request.POST or None,
        instance=ouvert.volet,
        domaine=ouvert.domaine,
        complete=objet.forme == FormeDeDiagnostic.COMPLETE,
    )
    if formulaire.enregistrer(operations.ecrire_volet, formulaire.instance, par=request.user):
        messages.success(request, f"{citer(ouvert.nom)} est enregistré.")
        _basculer(request, objet)
        return redirect(_suivant(request, domaines, code, pk))
    contexte = _commun(request, objet, domaines) | {
        "ouvert": ouvert,
        "formulaire": formulaire,
        "suivant": _apres(domaines, code),
        "fil": fil(objet, ouvert.nom),
    }
    return rendre_formulaire(request, "accueillir/diagnostics/domaine.html", contexte)


@require_http_methods(["GET", "POST"])
def besoin_ajouter(request: Requete, pk: UUID, code: str) -> HttpResponse:
    """Note un besoin dans un domaine."""
    objet = a_ecrire(request, pk)
    ouvert = _choisi(lire(objet), code)
    return _besoin(request, Besoin(diagnostic=objet, domaine=ouvert.code), ouvert.nom)


@require_http_methods(["GET", "POST"])
def besoin_modifier(request: Requete, pk: UUID, besoin: UUID) -> HttpResponse:
    """Corrige ou code un besoin."""
    objet = a_ecrire(request, pk)
    dit = get_object_or_404(objet.besoins.all(), pk=besoin)
    return _besoin(request, dit, dit.get_domaine_display())


@require_POST
def besoin_retirer(request: Requete, pk: UUID, besoin: UUID) -> HttpResponse:
    """Retire un besoin noté par erreur."""
    objet = a_ecrire(request, pk)
    dit = get_object_or_404(objet.besoins.all(), pk=besoin)
    operations.retirer_besoin(dit, par=request.user)
    return redirect("accueillir:domaine", objet.pk, dit.domaine)


@require_safe
def themes_a_proposer(request: Requete) -> HttpResponse:
    """Les thèmes à proposer pendant que l'on écrit."""
    textes = themes.proposer(saisie_en_cours(request.GET))
    return render(request, "territoires/propositions.html", {"textes": textes})


def _atelier(request: Requete, objet: Diagnostic) -> HttpResponse:
    domaines = lire(objet)
    pieces = list(Document.objects.lisibles(sujet_de(objet, request.user)))
    contexte = _commun(request, objet, domaines) | {
        "phrase": EN_RELECTURE.get(EtatDiagnostic(objet.etat)) or dire_ou_il_en_est(domaines),
        "etat": dire_l_etat(objet),
        "besoins": [b for lu in domaines for b in lu.besoins],
        "pieces": pieces,
        "valide": objet.etat == EtatDiagnostic.VALIDE,
        "a_valider": objet.etat == EtatDiagnostic.A_VALIDER,
        "liens": GESTES.pour(LIENS_PERSONNELS, objet.structure, request.user),
        "prochain": next((lu for lu in domaines if lu.etat == "a_faire"), None),
        "precedent": _precedent(request, objet) or _d_avant(request, objet),
        "verbes": [
            v
            for v in DIAGNOSTICS.verbes(objet, "accueillir:diagnostic_etat", objet.pk)
            if v.transition.nom in VERBES_DU_DLA
        ],
        "fil": fil(objet),
    }
    return render(request, "accueillir/diagnostics/atelier.html", contexte)


def _commun(request: Requete, objet: Diagnostic, domaines: list[DomaineLu]) -> dict[str, Any]:
    """Le chemin des domaines, ce que l'on peut y faire, et la bascule de forme."""
    complete = objet.forme == FormeDeDiagnostic.COMPLETE
    return {
        "diagnostic": objet,
        "chemin": [(lu, lu.url(objet.pk)) for lu in domaines],
        "ecrire": droits.peut_ecrire(request.user, objet),
        "autre_forme": FormeDeDiagnostic.COURTE if complete else FormeDeDiagnostic.COMPLETE,
        "pourquoi": accueil.peut_voir(request.user, objet).raison,
    }


def _besoin(request: Requete, dit: Besoin, domaine: str) -> HttpResponse:
    objet, nouveau = dit.diagnostic, dit._state.adding
    formulaire = FormulaireDeBesoin(request.POST or None, instance=dit)
    retour = reverse("accueillir:domaine", args=[objet.pk, dit.domaine])
    operation = operations.ajouter_besoin if nouveau else operations.modifier_besoin
    if formulaire.enregistrer(operation, formulaire.instance, par=request.user):
        return redirect(f"{retour}#besoins")
    contexte = {
        "formulaire": formulaire,
        "diagnostic": objet,
        "besoin": None if nouveau else dit,
        "domaine": domaine,
        "retour": f"{retour}#besoins",
        "fil": fil(objet, domaine),
    }
    return rendre_formulaire(request, "accueillir/diagnostics/besoin.html", contexte)


def _choisi(domaines: list[DomaineLu], code: str) -> DomaineLu:
    """Le domaine de ce code dans la grille de ce diagnostic ; 404 sinon."""
    for lu in domaines:
        if lu.code == code and not lu.volet._state.adding:
            return lu
    raise Http404


def _apres(domaines: list[DomaineLu], code: str) -> DomaineLu | None:
    """Le domaine suivant sur le chemin."""
    rang = next(rang for rang, lu in enumerate(domaines) if lu.code == code)
    return domaines[rang + 1] if rang + 1 < len(domaines) else None


def _basculer(request: Requete, objet: Diagnostic) -> None:
    """« Enregistrer et passer à l'autre forme » : ce qui vient d'être écrit est déjà gardé."""
    if request.POST.get("forme") not in FormeDeDiagnostic.values:
        return
    try:
        operations.changer_de_forme(
            objet, forme=request.POST["forme"], version=objet.version, par=request.user
        )
    except ConflitDeVersion as conflit:
        messages.warning(request, f"Votre texte est gardé, la forme n’a pas changé. {conflit}")


def _suivant(request: Requete, domaines: list[DomaineLu], code: str, pk: UUID) -> str:
    """Où mène « Enregistrer » : ici, ou au domaine suivant si on l'a demandé."""
    apres = _apres(domaines, code)
    if "suivant" in request.POST and apres:
        return apres.url(pk)
    if "suivant" in request.POST:
        return reverse("accueillir:diagnostic", args=[pk])
    return reverse("accueillir:domaine", args=[pk, code])


def _d_avant(request: Requete, objet: Diagnostic) -> Diagnostic | None:
    """À défaut d'un diagnostic repris, le dernier d'avant : deux dates se comparent toujours."""
    siens = Diagnostic.objects.visibles_par(request.user).filter(structure=objet.structure_id)
    return siens.filter(date__lt=objet.date).order_by("-date", "-pk").first()


def _precedent(request: Requete, objet: Diagnostic) -> Diagnostic | None:
    """Celui qu'il reprend, s'il se voit."""
    if objet.precedent_id is None:
        return None
    return Diagnostic.objects.visibles_par(request.user).filter(pk=objet.precedent_id).first()
