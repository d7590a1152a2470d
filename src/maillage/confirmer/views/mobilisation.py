"""Mobiliser : la liste des structures, leur palier en un clic, les inviter, les prévenir."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.annuaire.models import Nature
from maillage.confirmer.choix import raisons
from maillage.confirmer.droits import peut_lire_la_mobilisation
from maillage.confirmer.forms.mobilisation import (
    ChoixDeStructures,
    FiltresDeMobilisation,
    ReponseAuxStructures,
)
from maillage.confirmer.models import Palier, Participation
from maillage.confirmer.operations import changer_palier, inviter, prevenir
from maillage.confirmer.transitions import PALIERS
from maillage.confirmer.views.registre import Registre, choisir
from maillage.identifier.models import Problematique
from maillage.ingenieries.droits import peut_modifier
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import exiger
from maillage.socle.listes import ColonneDeListe, Liste
from maillage.socle.mots import compter
from maillage.socle.requetes import Requete, lire_cles, lire_texte, page_d_ici
from maillage.socle.vues import rendre_formulaire

PREMIERES = 500
"""Structures d'une problématique que l'on cherche parmi celles à ajouter, au plus."""
COLONNES = [
    ColonneDeListe("Structure", "nom", ["structure__nom_normalise"]),
    ColonneDeListe("Commune", "commune", ["structure__commune__nom_normalise"]),
    ColonneDeListe("Où elle en est", "palier", ["atteint", "palier"]),
    ColonneDeListe("Contactée le", "contact", ["contactee_le"]),
    ColonneDeListe("Noter"),
]
# Les gestes qui suivent d'ordinaire ; les autres, et les retours, se font en cochant.
SUITES: dict[str, tuple[str, ...]] = {
    Palier.REPEREE: ("contacter", "interesser"),
    Palier.CONTACTEE: ("interesser", "retenir", "ecarter"),
    Palier.INTERESSEE: ("retenir", "ecarter"),
    Palier.RETENUE: ("desister",),
    Palier.NON_RETENUE: ("interesser",),
    Palier.DESISTEE: ("interesser",),
}
FORMES = {
    Palier.REPEREE: "a_faire",
    Palier.CONTACTEE: "en_cours",
    Palier.INTERESSEE: "en_cours",
    Palier.RETENUE: "fait",
    Palier.NON_RETENUE: "sans_objet",
    Palier.DESISTEE: "sans_objet",
}


def _ajouter(dossier: Ingenierie, formulaire: Any, par: Any) -> list[Participation]:
    palier = formulaire.cleaned_data["palier"]
    return inviter(
        dossier,
        formulaire.cleaned_data["organisations"],
        palier=palier,
        contactee_le=timezone.localdate() if palier == Palier.CONTACTEE else None,
        par=par,
    )


def _de_la_problematique(utilisateur: Any, dossier: Ingenierie) -> list[UUID]:
    """Les structures des problématiques que l'on voit et d'où vient la mission (une requête)."""
    siennes = Problematique.objects.visibles_par(utilisateur).filter(
        ingenieries=dossier, structures__isnull=False
    )
    return list(siennes.order_by().values_list("structures", flat=True).distinct()[:PREMIERES])


STRUCTURES = Registre(
    titre="Ajouter des structures",
    phrase="Cherchez dans les structures que vous voyez, cochez-en autant qu’il faut, ajoutez.",
    nom="structure",
    natures=[Nature.STRUCTURE],
    lien="participations",
    formulaire=ChoixDeStructures,
    ajouter=_ajouter,
    demarche="confirmer.mobiliser",
    premieres=_de_la_problematique,
    titre_des_premieres="Celles de la problématique, à cocher",
)


@require_http_methods(["GET", "POST"])
def inviter_des_structures(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Ajoute plusieurs structures du registre visible."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    return choisir(request, dossier, STRUCTURES)


@require_safe
def structures(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Les structures de la mobilisation, cherchées, filtrées, et le geste qui suit pour chacune."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_lire_la_mobilisation(request.user, dossier))
    liste = Liste(
        request,
        dossier.participations.select_related("structure__commune"),
        colonnes=COLONNES,
        tri="nom",
        filtres=FiltresDeMobilisation(request.GET),
    )
    contexte = {
        "ingenierie": dossier,
        "liste": liste,
        "lignes": [_ligne(p) for p in liste.page],
        "verbes": list(PALIERS),
        "raisons": raisons(),
        "modifier": peut_modifier(request.user, dossier),
        "retour": reverse("ingenieries:demarche", args=[dossier.pk, "confirmer.mobiliser"]),
    }
    return render(request, "confirmer/structures.html", contexte)


def _ligne(participation: Participation) -> dict[str, Any]:
    return {
        "participation": participation,
        "forme": FORMES[Palier(participation.palier)],
        "verbes": [
            verbe
            for verbe, _ in PALIERS.possibles(participation)
            if verbe.nom in SUITES[participation.palier]
        ],
    }


@require_POST
def changer(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Change le palier d'une structure (`geste=verbe:clé`) ou de celles cochées (`geste=verbe`)."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    verbe, _, cle = request.POST.get("geste", "").partition(":")
    cles = lire_cles([cle] if cle else request.POST.getlist("structures"))
    motif = lire_texte(request.POST.get("motif", ""), 2000)
    if not cles:
        messages.warning(request, "Cochez au moins une structure, puis choisissez le geste.")
    else:
        raison = _raison(request.POST.get("raison", ""))
        resultat = changer_palier(
            dossier, cles, verbe, raison=raison, motif=motif, par=request.user
        )
        if resultat.faites:
            etat = resultat.faites[0].get_palier_display()
            phrase = f"{compter(len(resultat.faites), 'structure')} : {etat}."
            messages.success(request, phrase)
        for refus in resultat.refus[:5]:
            messages.error(request, refus)
    liste = reverse("confirmer:structures", args=[dossier.pk])
    return HttpResponseRedirect(page_d_ici(request, "suite") or liste)


@require_http_methods(["GET", "POST"])
def prevenir_les_structures(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Les structures non retenues qui attendent une réponse : leur écrire, noter que c'est fait."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_modifier(request.user, dossier))
    formulaire = ReponseAuxStructures(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        cles = lire_cles(request.POST.getlist("structures"))
        faites = prevenir(dossier, cles, le=formulaire.cleaned_data["le"], par=request.user)
        phrase = compter(len(faites), "structure prévenue", "structures prévenues")
        messages.success(request, f"{phrase}.")
        return redirect("ingenieries:demarche", dossier.pk, "confirmer.mobiliser")
    contexte = {
        "ingenierie": dossier,
        "attendent": dossier.participations.a_prevenir().select_related("structure"),
        "formulaire": formulaire,
        "retour": reverse("ingenieries:demarche", args=[dossier.pk, "confirmer.mobiliser"]),
    }
    return rendre_formulaire(request, "confirmer/prevenir.html", contexte)


def _raison(code: str) -> str:
    """Une raison de la liste ; autre chose ne dit rien."""
    return code if code in dict(raisons()) else ""
