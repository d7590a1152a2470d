"""Pages des problématiques : rassembler des preuves, décider, ouvrir des missions."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage import methode
from maillage.annuaire.models import Organisation
from maillage.identifier import droits, listes, operations
from maillage.identifier.forms import FormulaireDeProblematique, FormulaireDeStructure
from maillage.identifier.models import Orientation, Problematique, Signal
from maillage.identifier.transitions import ETATS
from maillage.identifier.views.commun import fil, onglets, signaux_choisis
from maillage.ingenieries.calculs.conseil import conseiller
from maillage.ingenieries.forms import FormulaireDIngenierie
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.formulaires import FormulaireDeVerbeMotive
from maillage.socle.listes import ColonneDeListe
from maillage.socle.modeles import rubriques
from maillage.socle.models import Document
from maillage.socle.mots import citer, compter
from maillage.socle.requetes import Requete
from maillage.socle.sujets import sujet_de
from maillage.socle.vues import jouer, rendre_formulaire, rendre_liste
from maillage.territoires.perimetres import nommer

CANDIDATS = 50
# Dans l'ordre de la fiche 5 (S3).
RUBRIQUES = (
    "contexte",
    "enjeux",
    "besoins",
    "methode_de_validation",
    "rencontres",
    "structures_consultees",
    "partenaires_consultes",
)


@require_safe
def problematiques(request: Requete) -> HttpResponseBase:
    """Les problématiques que je lis."""
    liste = listes.problematiques(request, request.user)
    contexte = {
        "onglets": onglets("problematiques", request.user),
        "peut_noter": droits.peut_noter(request.user),
    }
    return rendre_liste(
        request, "identifier/problematiques.html", liste, listes.EXPORT_DES_PROBLEMATIQUES, contexte
    )


@require_http_methods(["GET", "POST"])
def formuler(request: Requete) -> HttpResponse:
    """Formule une problématique, au besoin à partir de signaux choisis (`?signaux=…`)."""
    exiger(droits.peut_noter(request.user))
    choisis = signaux_choisis(request)
    formulaire = FormulaireDeProblematique(
        request.POST or None, utilisateur=request.user, initial=_amorce(choisis)
    )
    if request.method == "POST" and formulaire.is_valid():
        nouvelle = operations.formuler(
            formulaire.instance, liens=formulaire.liens(), par=request.user
        )
        return redirect(nouvelle)
    contexte = {"formulaire": formulaire, "choisis": choisis, "problematique": None}
    return rendre_formulaire(request, "identifier/problematique_formulaire.html", contexte)


@require_safe
def problematique(request: Requete, pk: UUID) -> HttpResponse:
    """Une problématique : ce qu'elle dit, ses preuves, ce qu'elle ouvre."""
    objet: Any = visible_ou_404(Problematique.objects.pour_liste(), request.user, pk=pk)
    signaux = list(objet.signaux.visibles_par(request.user).pour_liste())
    structures = list(objet.structures.visibles_par(request.user))
    sujet = sujet_de(objet, request.user)
    modifiable = sujet.modifiable
    contexte = {
        "problematique": objet,
        "fil": fil("problematiques", objet.titre),
        "sujet": sujet,
        "formulation": rubriques(objet, RUBRIQUES),
        "signaux": signaux,
        "phrase_preuves": _combien(objet.nb_signaux, len(signaux), "signal", "signaux"),
        "structures": structures,
        "phrase_structures": _combien(
            objet.nb_structures, len(structures), "structure", "structures"
        ),
        "tues": len(
            {s.structure_id for s in signaux if s.besoin_id and s.structure_id}
            - {structure.pk for structure in structures}
        ),
        "missions": list(objet.ingenieries.visibles_par(request.user)),
        "orientations": _orientations(objet, structures),
        "documents": list(Document.objects.lisibles(sujet)),
        "lieux": nommer(objet.territoires.all()),
        "manques": _manques(objet),
        "modifiable": modifiable,
        "peut_ouvrir": droits.peut_ouvrir_une_mission(request.user, objet),
        "verbes": ETATS.verbes(objet, "identifier:etat", pk) if modifiable else [],
    }
    return render(request, "identifier/problematique.html", contexte)


@require_http_methods(["GET", "POST"])
def modifier(request: Requete, pk: UUID) -> HttpResponse:
    """Modifie ce que dit la problématique."""
    objet = _a_modifier(request, pk)
    formulaire = FormulaireDeProblematique(
        request.POST or None, instance=objet, utilisateur=request.user
    )
    if formulaire.is_valid() and formulaire.enregistrer(
        operations.modifier_problematique,
        formulaire.instance,
        liens=formulaire.liens(),
        par=request.user,
    ):
        return redirect(objet)
    contexte = {"formulaire": formulaire, "choisis": [], "problematique": objet}
    return rendre_formulaire(request, "identifier/problematique_formulaire.html", contexte)


@require_http_methods(["GET", "POST"])
def joindre(request: Requete, pk: UUID) -> HttpResponse:
    """Propose des signaux à joindre, les plus proches d'abord, et joint ceux que l'on coche."""
    objet = _a_modifier(request, pk)
    if request.method == "POST":
        choisis = signaux_choisis(request)
        if not choisis:
            messages.error(request, "Rien n’est joint : cochez au moins un besoin.")
            return redirect("identifier:joindre", pk)
        operations.joindre_signaux(objet, choisis, par=request.user)
        return redirect(objet)
    candidats = Signal.objects.visibles_par(request.user).exclude(problematiques=objet)
    if mots := request.GET.get("q", "")[:100]:
        candidats = candidats.cherche(mots)
    contexte = {
        "problematique": objet,
        "candidats": list(candidats.pour_liste()[:CANDIDATS]),
        "colonnes": [ColonneDeListe(c.libelle) for c in listes.COLONNES_DES_SIGNAUX],
        "q": mots,
    }
    return render(request, "identifier/joindre.html", contexte)


@require_POST
def detacher(request: Requete, pk: UUID, signal: UUID) -> HttpResponse:
    """Retire une preuve de la problématique."""
    objet = _a_modifier(request, pk)
    preuve = get_object_or_404(objet.signaux.visibles_par(request.user), pk=signal)
    operations.detacher_signal(objet, preuve, par=request.user)
    return redirect(objet)


@require_http_methods(["GET", "POST"])
def ajouter_structure(request: Requete, pk: UUID) -> HttpResponse:
    """Dit qu'une structure partage le besoin."""
    objet = _a_modifier(request, pk)
    formulaire = FormulaireDeStructure(request.POST or None, utilisateur=request.user)
    if request.method == "POST" and formulaire.is_valid():
        operations.ajouter_structure(objet, formulaire.cleaned_data["structure"], par=request.user)
        return redirect(objet)
    contexte = {"formulaire": formulaire, "problematique": objet}
    return rendre_formulaire(request, "identifier/structure.html", contexte)


@require_POST
def retirer_structure(request: Requete, pk: UUID, structure: UUID) -> HttpResponse:
    """Retire une structure de la problématique."""
    objet = _a_modifier(request, pk)
    organisation = get_object_or_404(
        Organisation.objects.filter(problematiques=objet), pk=structure
    )
    operations.retirer_structure(objet, organisation, par=request.user)
    return redirect(objet)


@require_POST
def etat(request: Requete, pk: UUID, verbe: str) -> HttpResponse:
    """Confirme, écarte ou reprend la problématique."""
    objet = _a_modifier(request, pk)
    jouer(request, partial(operations.changer_etat, objet, verbe), FormulaireDeVerbeMotive)
    return redirect(objet)


@require_http_methods(["GET", "POST"])
def ouvrir_mission(request: Requete, pk: UUID) -> HttpResponse:
    """Ouvre une mission qui répond à la problématique : titre, secteur et lieux sont repris."""
    objet = _problematique(request, pk)
    exiger(droits.peut_ouvrir_une_mission(request.user, objet))
    formulaire = FormulaireDIngenierie(
        request.POST or None, utilisateur=request.user, initial=_reprises(objet)
    )
    if request.method == "POST" and formulaire.is_valid():
        mission = operations.ouvrir_depuis(
            objet, formulaire.instance, liens=formulaire.liens(), par=request.user
        )
        if "encore" in request.POST:
            messages.success(request, f"La mission {citer(mission.titre)} est ouverte.")
            return redirect("identifier:ouvrir_mission", pk)
        return redirect(mission)
    contexte = {
        "formulaire": formulaire,
        "problematique": objet,
        **_aide_au_choix(request.GET.getlist("objectifs")),
        "deja": list(Ingenierie.objects.visibles_par(request.user).filter(problematiques=objet)),
    }
    return rendre_formulaire(request, "identifier/ouvrir_mission.html", contexte)


def _orientations(objet: Problematique, structures: list[Organisation]) -> list[Orientation]:
    """Celles des structures que la personne lit (une requête)."""
    siennes = objet.orientations.filter(structure__in=structures)
    return list(siennes.select_related("structure", "vers"))


def _aide_au_choix(vises: list[str]) -> dict[str, Any]:
    """Vers quel type d'ingénierie penchent les objectifs cochés (S3, fiche 2)."""
    pistes = conseiller(vises, methode.ingenieries().conseils)
    return {
        "objectifs": methode.objectifs().communs,
        "vises": vises,
        "pistes": [
            (methode.libelle("ingenieries.types", p.type_ingenierie), p.raisons) for p in pistes
        ],
        "avertissement": methode.ingenieries().avertissement,
    }


def _problematique(request: Requete, pk: UUID) -> Problematique:
    return visible_ou_404(Problematique.objects.select_related("operateur"), request.user, pk=pk)


def _a_modifier(request: Requete, pk: UUID) -> Problematique:
    objet = _problematique(request, pk)
    exiger(droits.peut_modifier(request.user, objet))
    return objet


def _amorce(choisis: list[Signal]) -> dict[str, Any]:
    """Ce que des signaux choisis permettent de préremplir."""
    secteurs = {s.secteur for s in choisis}
    return {
        "signaux": [s.pk for s in choisis],
        "secteur": secteurs.pop() if len(secteurs) == 1 else "",
        "territoires": list({s.territoire for s in choisis if s.territoire}),
    }


def _reprises(objet: Problematique) -> dict[str, Any]:
    return {
        "titre": objet.titre,
        "secteur": objet.secteur,
        "territoires": list(objet.territoires.all()),
        "annee": timezone.localdate().year,
    }


def _combien(total: int, lus: int, nom: str, pluriel: str) -> str:
    """« 12 signaux, dont 3 hors de votre périmètre. »"""
    caches = total - lus
    suite = f", dont {caches} hors de votre périmètre" if caches else ""
    return f"{compter(total, nom, pluriel)}{suite}." if total else ""


def _manques(objet: Any) -> list[str]:
    """Ce qui reste à écrire ; rien n'empêche de confirmer sans."""
    regles = [
        (objet.nb_signaux, "Aucun besoin n’y est joint : sur quoi repose-t-elle ?"),
        (objet.contexte, "Le contexte n’est pas écrit."),
        (objet.enjeux, "Les enjeux ne sont pas écrits."),
        (objet.methode_de_validation, "On ne sait pas encore comment elle est vérifiée."),
    ]
    return [phrase for tenu, phrase in regles if not tenu]
