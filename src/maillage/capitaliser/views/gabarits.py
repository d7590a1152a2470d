"""Le gabarit Word d'un opérateur : un par document, celui de Maillage à défaut."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.annuaire.models import Organisation
from maillage.capitaliser import droits
from maillage.capitaliser.documents import DOCUMENTS, FICHE
from maillage.capitaliser.forms import FormulaireDeGabarit
from maillage.capitaliser.models import GabaritWord
from maillage.capitaliser.operations import poser_gabarit, retirer_gabarit
from maillage.socle.documents.presentations import WORD, Presentation, telecharger
from maillage.socle.droits import exiger
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire


@require_safe
def gabarits(request: Requete) -> HttpResponse:
    """Le gabarit de mon DLA pour ses fiches ; du premier s'il y en a plusieurs."""
    exiger(droits.peut_poser_un_gabarit(request.user))
    dla = droits.mes_operateurs(request.user)[0]
    return redirect("capitaliser:gabarit", dla.pk, FICHE.code)


@require_http_methods(["GET", "POST"])
def gabarit(request: Requete, operateur: UUID, document: str) -> HttpResponse:
    """Le gabarit de cet opérateur pour ce document : lequel sert, et en adopter un autre."""
    dla, presentation = _mon_operateur(request, operateur), _presentation(document)
    formulaire = FormulaireDeGabarit(
        request.POST or None, request.FILES or None, presentation=presentation
    )
    if request.method == "POST" and formulaire.is_valid():
        nom = str(formulaire.cleaned_data["fichier"].name)[:200]
        poser_gabarit(dla, presentation, nom=nom, contenu=formulaire.contenu, par=request.user)
        messages.success(request, f"« {nom} » sert maintenant pour {presentation.nom}.")
        return redirect("capitaliser:gabarit", dla.pk, presentation.code)
    adopte = _adoptes(dla, presentation).defer("contenu").first()
    contexte = {
        "operateur": dla,
        "presentation": presentation,
        "gabarit": adopte,
        "formulaire": formulaire,
        "onglets": [
            {
                "libelle": autre.nom.partition(" ")[2].capitalize(),
                "url": reverse("capitaliser:gabarit", args=[dla.pk, autre.code]),
                "actif": autre is presentation,
            }
            for autre in DOCUMENTS.values()
        ],
        "phrase": f"Chez vous, {presentation.nom} sort sur "
        + (f"« {adopte.nom} »." if adopte else "le gabarit de Maillage."),
        "pourquoi": droits.peut_poser_un_gabarit(request.user).raison,
    }
    return rendre_formulaire(request, "capitaliser/gabarit.html", contexte)


@require_safe
def gabarit_modele(request: Requete, operateur: UUID, document: str) -> HttpResponse:
    """Télécharge le gabarit en service, pour le modifier."""
    dla, presentation = _mon_operateur(request, operateur), _presentation(document)
    adopte = _adoptes(dla, presentation).first()
    if adopte:
        return telecharger(bytes(adopte.contenu), WORD, adopte.nom)
    nom = f"gabarit-{presentation.code}.docx"
    return telecharger(presentation.gabarit_word.read_bytes(), WORD, nom)


@require_POST
def gabarit_reprendre(request: Requete, operateur: UUID, document: str) -> HttpResponse:
    """Revient au gabarit de Maillage."""
    dla, presentation = _mon_operateur(request, operateur), _presentation(document)
    adopte = _adoptes(dla, presentation).first()
    if adopte:
        retirer_gabarit(adopte, presentation, par=request.user)
        phrase = f"Chez vous, {presentation.nom} sort de nouveau sur le gabarit de Maillage."
        messages.success(request, phrase)
    return redirect("capitaliser:gabarit", dla.pk, presentation.code)


def _mon_operateur(request: Requete, operateur: UUID) -> Organisation:
    exiger(droits.peut_poser_un_gabarit(request.user))
    return get_object_or_404(droits.mes_operateurs(request.user), pk=operateur)


def _presentation(document: str) -> Presentation[Any]:
    if document not in DOCUMENTS:
        raise Http404
    return DOCUMENTS[document]


def _adoptes(dla: Organisation, presentation: Presentation[Any]) -> Any:
    return GabaritWord.objects.filter(operateur=dla, document=presentation.code)
