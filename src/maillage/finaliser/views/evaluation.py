"""La matrice, groupe par groupe ; une question et ses réponses ; un questionnaire entier."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from maillage import methode
from maillage.finaliser.calculs.matrice import Accord, Cellule, EtatCellule, Groupe, Ligne
from maillage.finaliser.droits import peut_lire_les_reponses
from maillage.finaliser.editions import MISE_DE_COTE, QUESTION_AJOUTEE, REPONSE
from maillage.finaliser.forms import FormulaireDeQuestionnaire, FormulaireDeReponse
from maillage.finaliser.lecture import matrice_de
from maillage.finaliser.models import Adaptation, Niveau, QuestionAdaptee, Reponse
from maillage.finaliser.operations import recueillir
from maillage.ingenieries.droits import peut_modifier
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import exiger
from maillage.socle.mots import compter
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire

CITATIONS = 3
CITATIONS_LUES = 60
MOTS_D_ACCORD = {Accord.ACCORD: "les voix s’accordent", Accord.DIVERGENCE: "les voix divergent"}
RANGS = {niveau: rang for rang, niveau in enumerate(Niveau.values, start=1)}


@require_safe
def evaluation(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Un groupe de questions à la fois, ses six voix, ce qu'elles disent."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_lire_les_reponses(request.user, dossier))
    adaptees = list(dossier.questions_adaptees.all())
    groupes = matrice_de(dossier, adaptees)
    ouvert = next((g for g in groupes if g.code == request.GET.get("groupe")), groupes[0])
    peut_ecrire = peut_modifier(request.user, dossier)
    contexte = {
        "ingenierie": dossier,
        "onglets": [_onglet(g, ouvert) for g in groupes],
        "ouvert": ouvert,
        "voix": methode.matrice().publics,
        "groupes": [_groupe(dossier, ouvert)],
        "adaptations": [_adaptation(q, dossier) for q in adaptees],
        "modifier": peut_ecrire,
        "url_ajouter": QUESTION_AJOUTEE.url("ajouter", dossier.pk),
        "url_ecarter": MISE_DE_COTE.url("ajouter", dossier.pk),
        "retour": _demarche(dossier),
    }
    return render(request, "finaliser/evaluation.html", contexte)


def _onglet(groupe: Groupe, ouvert: Groupe) -> dict[str, Any]:
    return {
        "libelle": groupe.libelle,
        "url": f"?groupe={groupe.code}",
        "actif": groupe is ouvert,
        "compte": f"{groupe.repondues}/{groupe.attendues}",
    }


def _groupe(dossier: Ingenierie, groupe: Groupe) -> dict[str, Any]:
    """Un groupe tel que le composant `c-matrice` l'attend."""
    citations = _citations(dossier, [ligne.code for ligne in groupe.lignes])
    return {
        "libelle": groupe.libelle,
        "questions": [
            {
                "libelle": ligne.libelle,
                "url": reverse("finaliser:question", args=[dossier.pk, ligne.code]),
                "accord": ligne.accord.value,
                "accord_mot": MOTS_D_ACCORD.get(ligne.accord, ""),
                "mots": citations[ligne.code],
                "reponses": [_cellule(c) for c in ligne.cellules],
            }
            for ligne in groupe.lignes
        ],
    }


def _citations(dossier: Ingenierie, codes: list[str]) -> dict[str, list[dict[str, str]]]:
    """Les derniers mots reçus par question, quelques-uns ; tous se lisent sur sa page."""
    dites = dossier.reponses.filter(question__in=codes).exclude(mots="").order_by("-cree_le")
    citees: dict[str, list[dict[str, str]]] = defaultdict(list)
    for reponse in dites.select_related("organisation")[:CITATIONS_LUES]:
        if len(citees[reponse.question]) < CITATIONS:
            citees[reponse.question].append(
                {"voix": qui_parle(reponse), "texte": reponse.mots[:400]}
            )
    return citees


def qui_parle(reponse: Reponse) -> str:
    """« Association A, la directrice », à défaut le public."""
    noms = [str(reponse.organisation or ""), reponse.auteur]
    return ", ".join(n for n in noms if n) or reponse.get_public_display()


def _cellule(cellule: Cellule) -> dict[str, Any]:
    voix = methode.libelle("resultats.publics", cellule.public)
    if cellule.etat is not EtatCellule.REPONDU:
        etat = EtatCellule.PAS_INTERROGE if cellule.etat is EtatCellule.ECARTEE else cellule.etat
        return {"etat": etat.value, "voix": voix, "niveau": None, "mot": ""}
    return {
        "etat": cellule.etat.value,
        "voix": voix,
        "niveau": RANGS.get(cellule.unanime),
        "mot": _dire(cellule),
    }


def _dire(cellule: Cellule) -> str:
    """« plutôt oui », « 2 plutôt oui, 1 pas du tout », « 3 réponses »."""
    if cellule.nombre == 1 and cellule.unanime:
        return Niveau(cellule.unanime).label
    parts = [
        f"{cellule.niveaux[n]} {Niveau(n).label}" for n in Niveau.values if n in cellule.niveaux
    ]
    return ", ".join(parts) or compter(cellule.nombre, "réponse")


def _adaptation(question: QuestionAdaptee, dossier: Ingenierie) -> dict[str, Any]:
    ajoutee = question.geste == Adaptation.AJOUTEE
    publics = [methode.libelle("resultats.publics", p) for p in question.publics]
    return {
        "question": question.libelle or question.get_question_display() or "Toutes les questions",
        "geste": question.get_geste_display(),
        "publics": ", ".join(publics),
        "raison": question.raison,
        "modifier": (QUESTION_AJOUTEE if ajoutee else MISE_DE_COTE).url(
            "modifier", dossier.pk, question.pk
        ),
    }


@require_http_methods(["GET", "POST"])
def question(request: Requete, ingenierie: UUID, code: str) -> HttpResponse:
    """Une question : ce que chaque voix en a dit, et de quoi noter une réponse de plus."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_lire_les_reponses(request.user, dossier))
    groupe, ligne = _ligne(dossier, code)
    formulaire = FormulaireDeReponse(
        request.POST or None, instance=Reponse(question=code), ingenierie=dossier
    )
    if request.method == "POST":
        exiger(peut_modifier(request.user, dossier))
        if formulaire.is_valid():
            recueillir(dossier, [formulaire.instance], par=request.user)
            return redirect("finaliser:question", dossier.pk, code)
    reponses = dossier.reponses.filter(question=code).select_related("organisation")
    page = Paginator(reponses.order_by("public", "cree_le", "pk"), 25).get_page(
        request.GET.get("page")
    )
    contexte = {
        "ingenierie": dossier,
        "groupe": groupe,
        "ligne": ligne,
        "cellules": [(methode.element("resultats.publics", c.public), c) for c in ligne.cellules],
        "maniere": _maniere(code),
        "page": page,
        "reponses": [
            {"r": r, "qui": qui_parle(r), "url": REPONSE.url("modifier", dossier.pk, r.pk)}
            for r in page
        ],
        "formulaire": formulaire,
        "modifier": peut_modifier(request.user, dossier),
        "retour": f"{reverse('finaliser:evaluation', args=[dossier.pk])}?groupe={groupe.code}",
    }
    return rendre_formulaire(request, "finaliser/question.html", contexte)


def _ligne(dossier: Ingenierie, code: str) -> tuple[Groupe, Ligne]:
    """La question de ce code dans la matrice de cette mission. Lève `Http404`."""
    for groupe in matrice_de(dossier):
        for ligne in groupe.lignes:
            if ligne.code == code:
                return groupe, ligne
    raise Http404


def _maniere(code: str) -> methode.Element | None:
    """Comment le DLA s'évalue lui-même sur cette question, s'il le fait."""
    posee = next((q for q in methode.matrice().questions if q.code == code), None)
    if posee is None or posee.autoevaluation is None:
        return None
    return methode.element("resultats.manieres", posee.autoevaluation)


@require_http_methods(["GET", "POST"])
def questionnaire(request: Requete, ingenierie: UUID, public: str) -> HttpResponse:
    """Toutes les questions d'un public, pour saisir d'un coup ce qu'une voix a répondu."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    voix = next((p for p in methode.matrice().publics if p.code == public), None)
    if voix is None:
        raise Http404
    formulaire = FormulaireDeQuestionnaire(
        request.POST or None, ingenierie=dossier, public=public, groupes=matrice_de(dossier)
    )
    if request.method == "POST" and formulaire.is_valid():
        saisies = recueillir(dossier, formulaire.reponses(), par=request.user)
        messages.success(request, f"{compter(len(saisies), 'réponse')} de plus ({voix.libelle}).")
        return redirect("finaliser:evaluation", dossier.pk)
    contexte = {
        "ingenierie": dossier,
        "voix": voix,
        "formulaire": formulaire,
        "retour": reverse("finaliser:evaluation", args=[dossier.pk]),
    }
    return rendre_formulaire(request, "finaliser/questionnaire.html", contexte)


def _demarche(dossier: Ingenierie) -> str:
    return reverse("ingenieries:demarche", args=[dossier.pk, "finaliser.evaluer"])
