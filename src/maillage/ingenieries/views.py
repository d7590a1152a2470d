"""Pages du dossier : la liste, le parcours et ses démarches, l'en-tête."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.ingenieries.cycle import (
    demarche_de,
    demarches_de,
    etape_de,
    regles,
)
from maillage.ingenieries.droits import Regard, peut_modifier, peut_ouvrir, regard
from maillage.ingenieries.forms import FormulaireDAvancement, FormulaireDIngenierie
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.liste import liste_de_missions
from maillage.ingenieries.mentions import mentions
from maillage.ingenieries.models import EtatAvancement, Ingenierie
from maillage.ingenieries.operations import (
    changer_etat,
    marquer,
    modifier_ingenierie,
    ouvrir_ingenierie,
)
from maillage.ingenieries.panneaux import GESTES, panneaux_de
from maillage.ingenieries.parcours import Parcours, Station, station, tracer
from maillage.ingenieries.presentation import chemin, chiffres, lieux, ou_elle_en_est
from maillage.ingenieries.transitions import ETATS
from maillage.socle.droits import exiger
from maillage.socle.formulaires import FormulaireDeVerbeMotive
from maillage.socle.requetes import Requete
from maillage.socle.vues import jouer, rendre_formulaire


@require_safe
def liste(request: Requete) -> HttpResponseBase:
    """Les missions que je vois, cherchées, filtrées et triées ; l'adresse garde l'état."""
    return liste_de_missions(request)


@require_http_methods(["GET", "POST"])
def ouvrir(request: Requete) -> HttpResponse:
    """Ouvre une mission sans passer par une problématique."""
    exiger(peut_ouvrir(request.user))
    formulaire = FormulaireDIngenierie(request.POST or None, utilisateur=request.user)
    if request.method == "POST" and formulaire.is_valid():
        dossier = ouvrir_ingenierie(formulaire.instance, liens=formulaire.liens(), par=request.user)
        return redirect(dossier)
    return _page_formulaire(request, formulaire, None)


@require_http_methods(["GET", "POST"])
def modifier(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Modifie l'en-tête du dossier."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    formulaire = FormulaireDIngenierie(
        request.POST or None, instance=dossier, utilisateur=request.user
    )
    if formulaire.is_valid() and formulaire.enregistrer(
        modifier_ingenierie, formulaire.instance, liens=formulaire.liens(), par=request.user
    ):
        return redirect(dossier)
    return _page_formulaire(request, formulaire, dossier)


@require_safe
def dossier(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Ouvre le dossier à la démarche où il en est."""
    objet = lire_dossier(request.user, ingenierie)
    courante = _parcours(objet).courante
    return redirect("ingenieries:demarche", objet.pk, courante.code)


@require_safe
def demarche(request: Requete, ingenierie: UUID, code: str) -> HttpResponse:
    """Le dossier, ouvert sur une démarche : le parcours, ses panneaux, ce qui manque."""
    objet = lire_dossier(request.user, ingenierie, entete=True)
    vue = regard(request.user, objet)
    parcours = _parcours(objet, code, complet="complet" in request.GET)
    ouverte = parcours.station(code)
    if ouverte is None:
        raise Http404
    contexte = _contexte_du_dossier(objet, vue, parcours, ouverte)
    contexte["points_ouverts"] = "points" in request.GET
    return render(request, "ingenieries/dossier.html", contexte)


@require_POST
def avancer(request: Requete, ingenierie: UUID, code: str) -> HttpResponse:
    """Dit où en est une démarche ou un point."""
    objet = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, objet))
    if code not in regles():
        raise Http404
    formulaire = FormulaireDAvancement(request.POST)
    if formulaire.is_valid():
        marquer(
            objet,
            code,
            EtatAvancement(formulaire.cleaned_data["etat"]),
            motif=formulaire.cleaned_data["motif"],
            echeance=formulaire.cleaned_data["echeance"],
            par=request.user,
        )
        return redirect("ingenieries:demarche", objet.pk, demarche_de(code).code)
    contexte = {"ingenierie": objet, "formulaire": formulaire, "regle": regles()[code]}
    return rendre_formulaire(request, "ingenieries/avancement.html", contexte)


@require_POST
def etat(request: Requete, ingenierie: UUID, verbe: str) -> HttpResponse:
    """Suspend, reprend, clôt ou abandonne la mission."""
    objet = lire_dossier(request.user, ingenierie)
    vue = regard(request.user, objet)
    if not vue.pilote:
        exiger(vue.modifier)
    jouer(request, partial(changer_etat, objet, verbe), FormulaireDeVerbeMotive)
    return redirect(objet)


def _parcours(objet: Ingenierie, code: str = "", *, complet: bool = False) -> Parcours:
    """Le cycle de cette nature de mission ; les douze démarches si `code` n'en est pas."""
    avancements, jour = list(objet.avancements.all()), timezone.localdate()
    court = tracer(avancements, jour, demarches_de(objet.nature))
    entier = complet or (code and court.station(code) is None)
    return tracer(avancements, jour) if entier else court


def _contexte_du_dossier(
    objet: Ingenierie,
    vue: Regard,
    parcours: Parcours,
    ouverte: Station,
) -> dict[str, Any]:
    panneaux = panneaux_de(ouverte.code, objet, vue)
    faits = {code: phrase for p in panneaux for code, phrase in p.faits.items()}
    points = [
        {
            "station": station(point, parcours.points.get(point.code), timezone.localdate()),
            "fait": faits.get(point.fait or "", ""),
        }
        for point in demarche_de(ouverte.code).points
    ]
    return {
        "ingenierie": objet,
        "regard": vue,
        "chemin": chemin(objet.pk, parcours, ouverte),
        "masquees": parcours.masquees,
        "chiffres": chiffres(objet),
        "mentions": mentions(objet),
        "phrase": ou_elle_en_est(objet, parcours),
        "lieux": lieux(objet),
        "ouverte": ouverte,
        "etape": etape_de(ouverte.code),
        "panneaux": panneaux,
        "points": points,
        "titre_points": f"Les {len(points)} points de la démarche et leurs questions",
        "constates": sum(bool(point["fait"]) for point in points),
        "avancement": FormulaireDAvancement(
            initial={"etat": ouverte.etat, "motif": ouverte.motif, "echeance": ouverte.echeance}
        ),
        "gestes": [g for g in GESTES.tout(objet, vue) if g],
        "verbes": ETATS.verbes(objet, "ingenieries:etat", objet.pk) if vue.pilote else [],
        "notes": list(objet.notes.select_related("auteur")) if vue.voit_interne else [],
    }


def _page_formulaire(
    request: Requete, formulaire: FormulaireDIngenierie, objet: Ingenierie | None
) -> HttpResponse:
    contexte = {
        "formulaire": formulaire,
        "ingenierie": objet,
        "cle_brouillon": f"mission-{objet.pk}" if objet else "mission-nouvelle",
    }
    return rendre_formulaire(request, "ingenieries/formulaire.html", contexte)
