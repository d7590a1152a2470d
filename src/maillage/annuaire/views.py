"""Pages de l'annuaire : listes, fiche, chiffres, personnes."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.annuaire import droits, operations
from maillage.annuaire.champs import proposer
from maillage.annuaire.doublons.fusion import devenue
from maillage.annuaire.fiche.chronologie import lire_annee, onglets
from maillage.annuaire.fiche.page import contexte_de_fiche
from maillage.annuaire.forms.chiffres import FormulaireDeChiffres
from maillage.annuaire.forms.organisations import FormulaireDOrganisation
from maillage.annuaire.forms.personnes import FormulaireDePersonne, FormulaireDInvitation
from maillage.annuaire.invitations import envoyer_acces
from maillage.annuaire.listes import PARTENAIRES, STRUCTURES, VUES, VueDeListe, page_de_liste
from maillage.annuaire.models import ChiffresAnnuels, Nature, Organisation, Personne
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.listes import ColonneDeListe
from maillage.socle.requetes import Requete
from maillage.socle.vues import jouer, rendre_formulaire
from maillage.territoires.champs import saisie_en_cours

COLONNES_PERSONNES = [
    ColonneDeListe(libelle) for libelle in ("Personne", "Rôle", "Territoires", "Depuis", "Geste")
]


@require_safe
def structures(request: Requete) -> HttpResponseBase:
    """Les structures que je vois ; l'adresse garde l'état de la liste."""
    return page_de_liste(request, STRUCTURES)


@require_safe
def annuaire(request: Requete) -> HttpResponseBase:
    """L'annuaire partagé : partenaires, prestataires, réseau du DLA."""
    return page_de_liste(request, PARTENAIRES)


@require_safe
def propositions(request: Requete) -> HttpResponse:
    """Les organisations à proposer pendant que l'on écrit un nom."""
    voulues = request.GET.get("natures", "").split(",")
    natures = [nature for nature in Nature.values if nature in voulues]
    saisie, plusieurs = saisie_en_cours(request.GET), "plusieurs" in request.GET
    textes = proposer(saisie, natures, request.user, plusieurs=plusieurs)
    return render(request, "territoires/propositions.html", {"textes": textes})


@require_safe
def fiche(request: Requete, organisation: UUID) -> HttpResponse:
    """Tout ce que l'on sait d'une organisation, selon ce que cette personne peut en lire.

    Une fiche réunie à une autre mène à celle-ci.
    """
    try:
        objet = _organisation(request, organisation)
    except Http404:
        if gardee := devenue(organisation, request.user):
            return redirect(gardee)
        raise
    contexte = {"fil": _fil(objet), **contexte_de_fiche(request, objet)}
    return render(request, "annuaire/fiche.html", contexte)


@require_safe
def chronologie(request: Requete, organisation: UUID) -> HttpResponse:
    """Ce qui s'est passé, une année par page (`?annee=2024`, à défaut la dernière)."""
    objet = _organisation(request, organisation)
    exiger(droits.peut_lire_dossier(request.user, objet))
    demandee = request.GET.get("annee", "")
    lue = lire_annee(objet, request.user, int(demandee) if _est_une_annee(demandee) else None)
    contexte = {
        "organisation": objet,
        "fil": [*_fil(objet, lien=True), {"libelle": "Chronologie", "url": ""}],
        "lue": lue,
        "onglets": onglets(objet, lue) if lue else [],
    }
    return render(request, "annuaire/chronologie.html", contexte)


@require_http_methods(["GET", "POST"])
def ajouter(request: Requete, genre: str) -> HttpResponse:
    """Ajoute une structure ou un partenaire, après avoir cherché s'il est déjà là."""
    vue = VUES.get(genre)
    if vue is None:
        raise Http404
    if not droits.peut_administrer(request.user):
        exiger(droits.peut_creer(request.user))
    nouvelle = Organisation(natures=[Nature.STRUCTURE] if vue is STRUCTURES else [])
    formulaire = FormulaireDOrganisation(
        request.POST or None, instance=nouvelle, utilisateur=request.user
    )
    if request.method == "POST" and formulaire.is_valid():
        operations.creer_organisation(
            nouvelle, territoires=formulaire.territoires_saisis() or (), par=request.user
        )
        if droits.peut_voir(request.user, nouvelle):
            return redirect(nouvelle)
        messages.success(
            request, f"« {nouvelle.nom} » est ajoutée ; elle est hors de votre périmètre."
        )
        return redirect(vue.adresse)
    return _page_formulaire(request, formulaire, vue)


@require_http_methods(["GET", "POST"])
def modifier(request: Requete, organisation: UUID) -> HttpResponse:
    """Modifie la fiche."""
    objet = _organisation(request, organisation)
    exiger(droits.peut_modifier(request.user, objet))
    formulaire = FormulaireDOrganisation(
        request.POST or None, instance=objet, utilisateur=request.user
    )
    if formulaire.is_valid() and formulaire.enregistrer(
        operations.modifier_organisation,
        objet,
        territoires=formulaire.territoires_saisis(),
        par=request.user,
    ):
        return redirect(objet)
    return _page_formulaire(request, formulaire, _vue_de(objet), objet)


@require_http_methods(["GET", "POST"])
def chiffres(request: Requete, organisation: UUID, annee: int | None = None) -> HttpResponse:
    """Saisit les chiffres d'une année, ou corrige ceux qui y sont."""
    objet = _organisation(request, organisation)
    exiger(droits.peut_modifier(request.user, objet))
    ligne = get_object_or_404(ChiffresAnnuels, organisation=objet, annee=annee) if annee else None
    formulaire = FormulaireDeChiffres(request.POST or None, instance=ligne, organisation=objet)
    if formulaire.enregistrer(
        operations.enregistrer_chiffres, formulaire.instance, par=request.user
    ):
        return redirect(objet)
    contexte = {"organisation": objet, "formulaire": formulaire, "annee": annee, "fil": _fil(objet)}
    return rendre_formulaire(request, "annuaire/chiffres.html", contexte)


@require_http_methods(["GET", "POST"])
def personnes(request: Requete, organisation: UUID) -> HttpResponse:
    """Les personnes d'une organisation, leurs rôles ; en inviter une."""
    objet = _organisation(request, organisation)
    exiger(droits.peut_rattacher(request.user, objet))
    formulaire = FormulaireDInvitation(
        request.POST or None, organisation=objet, utilisateur=request.user
    )
    if request.method == "POST" and formulaire.is_valid() and _inviter(request, objet, formulaire):
        return redirect("annuaire:personnes", objet.pk)
    lignes = [
        {"rattachement": r, "revoquer": droits.peut_revoquer(request.user, r)}
        for r in _rattachements(objet)
    ]
    contexte = {
        "organisation": objet,
        "fil": _fil(objet),
        "formulaire": formulaire,
        "colonnes": COLONNES_PERSONNES,
        "actifs": [ligne for ligne in lignes if ligne["rattachement"].actif],
        "passes": [ligne for ligne in lignes if not ligne["rattachement"].actif],
    }
    return rendre_formulaire(request, "annuaire/personnes.html", contexte)


@require_http_methods(["GET", "POST"])
def personne(request: Requete, organisation: UUID, personne: UUID) -> HttpResponse:
    """Corrige le nom, la fonction ou l'adresse d'une personne de cette organisation."""
    objet = _organisation(request, organisation)
    exiger(droits.peut_rattacher(request.user, objet))
    en_cours = _rattachements(objet).actifs().filter(personne=personne)
    connue = get_object_or_404(Personne, pk__in=en_cours.order_by().values("personne"))
    exiger(droits.peut_corriger(request.user, connue))
    formulaire = FormulaireDePersonne(request.POST or None, instance=connue)
    if formulaire.enregistrer(operations.modifier_personne, connue, objet, par=request.user):
        return redirect("annuaire:personnes", objet.pk)
    contexte = {
        "organisation": objet,
        "personne": connue,
        "formulaire": formulaire,
        "fil": _fil(objet),
    }
    return rendre_formulaire(request, "annuaire/personne.html", contexte)


@require_POST
def revoquer(request: Requete, organisation: UUID, rattachement: UUID) -> HttpResponse:
    """Retire un rôle aussitôt."""
    objet = _organisation(request, organisation)
    ligne = get_object_or_404(_rattachements(objet), pk=rattachement, revoque_le__isnull=True)
    exiger(droits.peut_revoquer(request.user, ligne))
    if jouer(request, partial(operations.revoquer, ligne)):
        messages.success(
            request, f"{ligne.personne} n’a plus le rôle « {ligne.get_role_display()} »."
        )
    return redirect("annuaire:personnes", objet.pk)


def _organisation(request: Requete, cle: UUID) -> Organisation:
    objets = Organisation.objects.select_related("commune", "operateur", "rattachee_a")
    objets = objets.prefetch_related("territoires")
    return visible_ou_404(objets, request.user, pk=cle)


def _rattachements(organisation: Organisation) -> Any:
    return (
        organisation.rattachements.select_related("personne")
        .prefetch_related("territoires")
        .order_by("personne__nom", "personne__prenom", "role")
    )


def _inviter(request: Requete, objet: Organisation, formulaire: FormulaireDInvitation) -> bool:
    try:
        rattachement = operations.inviter_et_rattacher(
            formulaire.instance, objet, par=request.user, **formulaire.rattachement()
        )
    except ValidationError as erreur:
        _rapporter(formulaire, erreur)
        return False
    personne = rattachement.personne
    if envoyer_acces(request, personne):
        messages.success(request, f"{personne} reçoit un courriel pour choisir son mot de passe.")
    else:
        messages.success(request, f"{personne} est maintenant dans la liste.")
    return True


def _rapporter(formulaire: forms.BaseForm, erreur: ValidationError) -> None:
    """Place chaque erreur de l'opération sur son champ, ou en tête s'il n'est pas montré."""
    for champ, dites in getattr(erreur, "error_dict", {NON_FIELD_ERRORS: [erreur]}).items():
        formulaire.add_error(champ if champ in formulaire.fields else None, dites)


def _est_une_annee(texte: str) -> bool:
    """Quatre chiffres : Python refuse de lire un nombre de milliers de chiffres."""
    return len(texte) == 4 and texte.isdecimal()


def _vue_de(organisation: Organisation) -> VueDeListe:
    return STRUCTURES if organisation.est_structure else PARTENAIRES


def _fil(organisation: Organisation, *, lien: bool = False) -> list[dict[str, str]]:
    vue = _vue_de(organisation)
    return [
        {"libelle": vue.titre, "url": reverse(vue.adresse)},
        {"libelle": organisation.nom, "url": organisation.get_absolute_url() if lien else ""},
    ]


def _page_formulaire(
    request: Requete,
    formulaire: FormulaireDOrganisation,
    vue: VueDeListe,
    objet: Organisation | None = None,
) -> HttpResponse:
    fil = [{"libelle": vue.titre, "url": reverse(vue.adresse)}]
    if objet:
        fil.append({"libelle": objet.nom, "url": objet.get_absolute_url()})
    fil.append({"libelle": "Modifier" if objet else "Ajouter", "url": ""})
    contexte = {"formulaire": formulaire, "vue": vue, "organisation": objet, "fil": fil}
    return rendre_formulaire(request, "annuaire/formulaire.html", contexte)
