"""Charge et objectifs : la page d'une année, la liste de chaque chiffre, les objectifs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage import methode
from maillage.accueillir.equipe import equipe_de
from maillage.accueillir.models import ObjectifConvenu
from maillage.annuaire.perimetre import perimetre_de
from maillage.piloter.charge import operations
from maillage.piloter.charge.comptes import COMPTES, Champ
from maillage.piloter.charge.droits import peut_convenir, peut_lire, responsable_de
from maillage.piloter.charge.forms import ChoixDAnnee, ChoixDePersonne, FormulaireDObjectif
from maillage.piloter.charge.lecture import en_phrase, faces, objectifs, par_personne
from maillage.socle.droits import exiger
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe, Liste
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire

COLONNES = [
    ColonneDeListe("Ce que l’on compte"),
    ColonneDeListe("Objectif", nombre=True),
    ColonneDeListe("Fait", nombre=True),
    ColonneDeListe("Avancement"),
]
COLONNES_PERSONNES = [
    ColonneDeListe("Personne"),
    *(ColonneDeListe(t, nombre=True) for t in ("Parcours", "Actions", "Missions")),
]
COLONNES_OBJECTIFS = [
    ColonneDeListe("Ce que l’on compte"),
    ColonneDeListe("Convenu avec"),
    ColonneDeListe("Objectif", nombre=True),
]


@require_safe
def charge(request: Requete) -> HttpResponse:
    """L'objectif et le réalisé d'une année, et ce que porte chacun."""
    exiger(peut_lire(request.user))
    choix = ChoixDAnnee(request.GET)
    champ = _champ(request, choix.retenue)
    convenus = list(objectifs(champ))
    lues = faces(champ, convenus)
    contexte = {
        "annee": champ.annee,
        "choix": choix,
        "precedente": champ.annee - 1,
        "suivante": champ.annee + 1,
        "phrase": en_phrase(lues),
        "faces": lues,
        "colonnes": COLONNES,
        "personnes": par_personne(champ, request.user),
        "colonnes_personnes": COLONNES_PERSONNES,
        "objectifs": convenus,
        "colonnes_objectifs": COLONNES_OBJECTIFS,
        "convenir": peut_convenir(request.user),
        "version_de_la_liste": methode.charge().version,
    }
    return render(request, "piloter/charge/charge.html", contexte)


@require_safe
def compte(request: Requete, code: str) -> HttpResponseBase:
    """Les lignes que compte un chiffre."""
    exiger(peut_lire(request.user))
    if code not in COMPTES:
        raise Http404
    voulu = COMPTES[code]
    choix = ChoixDePersonne(request.GET, equipe=equipe_de(request.user))
    annee = choix.retenue
    personne = choix.cleaned_data.get("charge")
    champ = _champ(request, annee, personne.pk if personne else None)
    colonnes = [ColonneDeListe("Quoi", "quoi", voulu.ordre), ColonneDeListe("Où cela en est")]
    liste = Liste(request, voulu.lignes(champ), colonnes=colonnes, tri="quoi")
    export: Export[Any] = Export(
        code,
        [
            Colonne("titre", "Quoi", lambda o: voulu.dire(o).titre),
            Colonne("detail", "Où cela en est", lambda o: voulu.dire(o).detail),
        ],
    )
    if fichier := liste.exporter(export):
        return fichier
    contexte = {
        "titre": voulu.titre,
        "annee": annee,
        "personne": personne,
        "liste": liste,
        "lignes": [voulu.dire(objet) for objet in liste.page],
        "fil": [
            {"libelle": "Charge et objectifs", "url": f"{reverse('piloter:charge')}?annee={annee}"},
            {"libelle": voulu.titre, "url": ""},
        ],
    }
    return render(request, "piloter/charge/compte.html", contexte)


@require_http_methods(["GET", "POST"])
def convenir(request: Requete) -> HttpResponse:
    """Écrit un objectif de l'année."""
    exiger(peut_convenir(request.user))
    annee = ChoixDAnnee(request.GET).retenue
    formulaire = FormulaireDObjectif(
        request.POST or None, initial={"annee": annee}, utilisateur=request.user
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            return _retour(operations.convenir(formulaire.instance, par=request.user))
        except operations.DejaConvenu:
            formulaire.add_error(None, "Cet objectif est déjà écrit : modifiez-le.")
    return _page(request, formulaire, None)


@require_http_methods(["GET", "POST"])
def corriger(request: Requete, objectif: UUID) -> HttpResponse:
    """Corrige un objectif."""
    objet = _objectif(request, objectif)
    formulaire = FormulaireDObjectif(request.POST or None, instance=objet, utilisateur=request.user)
    if formulaire.enregistrer(operations.corriger, formulaire.instance, par=request.user):
        return _retour(objet)
    return _page(request, formulaire, objet)


@require_POST
def retirer(request: Requete, objectif: UUID) -> HttpResponse:
    """Retire un objectif."""
    objet = _objectif(request, objectif)
    operations.retirer(objet, par=request.user)
    return _retour(objet)


def _champ(request: Requete, annee: int, personne: UUID | None = None) -> Champ:
    operateurs = perimetre_de(request.user).operateurs
    return Champ(operateurs, annee, timezone.localdate(), personne)


def _objectif(request: Requete, cle: UUID) -> ObjectifConvenu:
    """404 hors de mes DLA ; 403 à qui n'en est pas responsable."""
    siens = ObjectifConvenu.objects.filter(operateur__in=perimetre_de(request.user).operateurs)
    objet = get_object_or_404(siens.select_related("financeur__commune"), pk=cle)
    exiger(peut_convenir(request.user))
    if objet.operateur_id not in responsable_de(request.user):
        raise Http404
    return objet


def _retour(objectif: ObjectifConvenu) -> HttpResponse:
    return redirect(f"{reverse('piloter:charge')}?annee={objectif.annee}#objectifs")


def _page(
    request: Requete, formulaire: FormulaireDObjectif, objet: ObjectifConvenu | None
) -> HttpResponse:
    contexte = {
        "formulaire": formulaire,
        "objectif": objet,
        "titre": "Corriger un objectif" if objet else "Convenir d’un objectif",
        "fil": [{"libelle": "Charge et objectifs", "url": reverse("piloter:charge")}],
    }
    return rendre_formulaire(request, "piloter/charge/objectif.html", contexte)
