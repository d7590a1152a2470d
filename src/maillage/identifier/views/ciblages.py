"""Pages du ciblage : poser des critères, voir ce qu'ils font, garder, rejouer, verser."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.identifier.ciblage import droits, listes, operations, travail
from maillage.identifier.ciblage.forms import FormulaireDeRecherche
from maillage.identifier.ciblage.lecture import Exploration, a_verifier_soi_meme
from maillage.identifier.ciblage.operations import REPRISES
from maillage.identifier.ciblage.places import REGROUPEMENTS, dessiner, lire_lignes
from maillage.identifier.ciblage.resultats import Releve
from maillage.identifier.models import (
    Problematique,
    RechercheDeCiblage,
    ResultatDeCiblage,
    StructureCiblee,
)
from maillage.identifier.views.commun import fil, onglets
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.listes import ColonneDeListe
from maillage.socle.mots import compter
from maillage.socle.requetes import Requete, lire_cle
from maillage.socle.vues import rendre_formulaire

CASCADE = [
    ColonneDeListe("Critère"),
    ColonneDeListe("Entrent", nombre=True),
    ColonneDeListe("Répondent", nombre=True),
    ColonneDeListe("Écartées", nombre=True),
    ColonneDeListe("On ne sait pas", nombre=True),
    ColonneDeListe("Restent", nombre=True),
    ColonneDeListe("Par lui seul", nombre=True),
]
LIENS = {"problematique": Problematique, "ingenierie": Ingenierie}


@require_safe
def ciblages(request: Requete) -> HttpResponse:
    """Les ciblages que tient mon DLA."""
    contexte = {
        "liste": listes.ciblages(request, request.user),
        "onglets": onglets("ciblages", request.user),
        "peut_cibler": droits.peut_cibler(request.user),
    }
    return render(request, "identifier/ciblages/liste.html", contexte)


@require_http_methods(["GET", "POST"])
def nouveau(request: Requete) -> HttpResponse:
    """Pose un ciblage, au besoin pour une mission ou une problématique (`?ingenierie=…`)."""
    exiger(droits.peut_cibler(request.user))
    formulaire = FormulaireDeRecherche(
        request.POST or None, utilisateur=request.user, initial=_liens(request)
    )
    if request.method == "POST" and formulaire.is_valid():
        posee = operations.poser(
            formulaire.instance, lieux=formulaire.cleaned_data["territoires"], par=request.user
        )
        return redirect(posee)
    return _rendre(request, formulaire, None)


@require_http_methods(["GET", "POST"])
def modifier(request: Requete, pk: UUID) -> HttpResponse:
    """Change les critères d'un ciblage ; ses résultats gardés ne bougent pas."""
    recherche = _recherche(request, pk)
    formulaire = FormulaireDeRecherche(
        request.POST or None, instance=recherche, utilisateur=request.user
    )
    if formulaire.is_valid() and formulaire.enregistrer(
        operations.modifier,
        formulaire.instance,
        lieux=formulaire.cleaned_data["territoires"],
        par=request.user,
    ):
        return redirect(recherche)
    return _rendre(request, formulaire, recherche)


@require_safe
def recherche(request: Requete, pk: UUID) -> HttpResponse:
    """Un ciblage, rejoué maintenant : ce que fait chaque critère, où l'on trouve, les premières."""
    objet = _recherche(request, pk)
    vue = Exploration(objet, request.user, _regroupement(request))
    criteres = {critere.sorte.code: critere for critere in vue.vivier.criteres}
    contexte = {
        "recherche": objet,
        "fil": fil("ciblages", objet.nom),
        "vue": vue,
        "pourquoi": droits.peut_voir(request.user, objet).raison,
        "colonnes": CASCADE,
        "etapes": [(criteres[etape.code], etape) for etape in vue.cascade.etapes],
        "a_verifier": a_verifier_soi_meme(objet.mots),
        "resultats": list(objet.resultats.all()[:10]),
        **_carte(request, vue.places, vue.regroupement),
    }
    return render(request, "identifier/ciblages/recherche.html", contexte)


@require_POST
def garder(request: Requete, pk: UUID) -> HttpResponse:
    """Fige ce que le ciblage donne aujourd'hui."""
    objet = _recherche(request, pk)
    try:
        return redirect(operations.garder(objet, par=request.user))
    except operations.RienAGarder as rien:
        messages.error(request, f"Rien n’est gardé. {rien}")
        return redirect(objet)


@require_POST
def compter_le_registre(request: Requete, pk: UUID) -> HttpResponse:
    """Fait compter tout le registre en travail de fond, ou mène à celui qui tourne déjà."""
    return redirect(travail.demander(_recherche(request, pk), par=request.user))


@require_POST
def retirer(request: Requete, pk: UUID) -> HttpResponse:
    """Retire un ciblage et ses résultats."""
    operations.retirer(_recherche(request, pk), par=request.user)
    messages.success(request, "Le ciblage est retiré ; l’historique en garde trace.")
    return redirect("identifier:ciblages")


@require_safe
def resultat(request: Requete, pk: UUID) -> HttpResponseBase:
    """Un résultat gardé : les structures de ce jour-là, ce qui a changé depuis le précédent."""
    objet = _resultat(request, pk)
    releve = Releve(objet, request.user)
    peut_reperer = droits.peut_reperer(request.user, objet.recherche)
    liste = listes.structures(request, releve, a_cocher=bool(peut_reperer))
    if fichier := liste.exporter(listes.export(releve)):
        return fichier
    regroupement = _regroupement(request) or objet.criteres["par"]
    contexte = {
        "resultat": objet,
        "fil": fil("ciblages", objet.recherche.nom),
        "releve": releve,
        "liste": liste,
        "lignes": list(listes.lignes(liste, releve)),
        "pourquoi": droits.peut_voir(request.user, objet.recherche).raison,
        "cachees": objet.retenues - liste.total,
        "colonnes": CASCADE,
        "a_verifier": a_verifier_soi_meme(objet.criteres["mots"]),
        "peut_reperer": peut_reperer,
        "au_plus": REPRISES,
        **_carte(request, lire_lignes(objet, regroupement), regroupement),
    }
    return render(request, "identifier/ciblages/resultat.html", contexte)


@require_POST
def reperer(request: Requete, pk: UUID) -> HttpResponse:
    """Verse les structures cochées, ou toutes les fiches, dans la mobilisation de la mission."""
    objet = _resultat(request, pk)
    exiger(droits.peut_reperer(request.user, objet.recherche))
    lignes = _choisies(request, Releve(objet, request.user).visibles())
    if not lignes:
        messages.error(request, "Cochez d’abord les structures à repérer.")
        return redirect(objet)
    _dire(request, operations.reperer(objet, lignes, par=request.user))
    return redirect(objet)


def _recherche(request: Requete, pk: UUID) -> RechercheDeCiblage:
    objets = RechercheDeCiblage.objects.select_related(
        "ingenierie", "problematique", "operateur", "compte_du_registre"
    )
    return visible_ou_404(objets, request.user, pk=pk)


def _resultat(request: Requete, pk: UUID) -> ResultatDeCiblage:
    objets = ResultatDeCiblage.objects.select_related(
        "recherche__ingenierie__operateur", "recherche__operateur"
    )
    return visible_ou_404(objets, request.user, pk=pk)


def _rendre(
    request: Requete, formulaire: FormulaireDeRecherche, objet: RechercheDeCiblage | None
) -> HttpResponse:
    contexte = {
        "formulaire": formulaire,
        "recherche": objet,
        "retour": objet.get_absolute_url() if objet else reverse("identifier:ciblages"),
    }
    return rendre_formulaire(request, "identifier/ciblages/formulaire.html", contexte)


def _regroupement(request: HttpRequest) -> str:
    demande = request.GET.get("par", "")
    return demande if demande in REGROUPEMENTS else ""


def _carte(request: HttpRequest, places: Any, par: str) -> dict[str, Any]:
    """La carte, son tableau, et de quoi changer ce qui les regroupe."""
    return {
        "places": places,
        "carte": dessiner(places, par),
        "lieu": REGROUPEMENTS[par],
        "colonnes_des_places": [
            ColonneDeListe(REGROUPEMENTS[par].capitalize()),
            ColonneDeListe("Structures", nombre=True),
        ],
        "regroupements": [
            {"libelle": f"Par {nom}", "url": f"?par={code}", "actif": code == par}
            for code, nom in REGROUPEMENTS.items()
        ],
    }


def _liens(request: Requete) -> dict[str, Any]:
    """La mission ou la problématique que nomme l'adresse, si la personne la voit."""
    liens: dict[str, Any] = {}
    for nom, modele in LIENS.items():
        if cle := lire_cle(request.GET.get(nom, "")):
            visibles: Any = modele._default_manager
            lu = visibles.visibles_par(request.user).filter(pk=cle).first()
            liens |= {nom: lu.pk} if lu else {}
    return liens


def _choisies(request: Requete, visibles: Any) -> list[StructureCiblee]:
    """Les lignes cochées, ou toutes les fiches si on le demande ; le reste est ignoré."""
    if "toutes" in request.POST:
        return list(visibles.filter(organisation__isnull=False))
    cles = [int(c) for c in request.POST.getlist("structures")[:200] if c.isdecimal()]
    lignes = list(visibles.filter(pk__in=cles))
    fiches = [ligne for ligne in lignes if ligne.organisation]
    return [*fiches, *[ligne for ligne in lignes if not ligne.organisation][:REPRISES]]


def _dire(request: Requete, versees: operations.Versees) -> None:
    """Ce qui est entré dans la mobilisation, et ce qui n'a pas pu l'être."""
    if versees.reperees or not versees.refus:
        deja = f", {compter(versees.deja, 'y était', 'y étaient')} déjà" if versees.deja else ""
        fiches = (
            f" ; {compter(versees.reprises, 'fiche créée', 'fiches créées')} d’après le registre"
            if versees.reprises
            else ""
        )
        combien = compter(versees.reperees, "structure repérée", "structures repérées")
        messages.success(request, f"{combien} dans la mission{deja}{fiches}.")
    if versees.refus:
        messages.warning(request, "Laissées de côté : " + " ".join(versees.refus[:5]))
