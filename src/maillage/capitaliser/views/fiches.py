"""Pages de la fiche et de la bibliothèque."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maillage.capitaliser import droits
from maillage.capitaliser.contexte import contexte_de_fiche
from maillage.capitaliser.documents import FICHE
from maillage.capitaliser.filiation import mentions_de
from maillage.capitaliser.listes import fiches_en_rayon
from maillage.capitaliser.models import Fiche, Publication
from maillage.capitaliser.operations import (
    changer_etat_de_fiche,
)
from maillage.ingenieries.droits import peut_ouvrir, regard
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import Ingenierie
from maillage.socle.documents.presentations import (
    repondre_pdf,
    repondre_word,
)
from maillage.socle.droits import exiger
from maillage.socle.requetes import Requete
from maillage.socle.vues import jouer

# La fiche d'aujourd'hui


@require_safe
def fiche(request: Requete, ingenierie: UUID) -> HttpResponse:
    """La fiche telle que le dossier la donne aujourd'hui."""
    mission = lire_dossier(request.user, ingenierie)
    publiee = Publication.objects.en_rayon().filter(fiche__ingenierie=mission).first()
    contexte = {
        "fiche": contexte_de_fiche(mission),
        "pourquoi": regard(request.user, mission).pourquoi,
        "publication": None,
        "url_mission": mission.get_absolute_url(),
        "url_publiee": publiee.get_absolute_url() if publiee else "",
        "url_word": reverse("capitaliser:word", args=[mission.pk]),
        "url_pdf": reverse("capitaliser:pdf", args=[mission.pk]),
        "url_comparer": reverse("capitaliser:comparer", args=[mission.pk]),
        "url_repartir": _si_je_peux_ouvrir(request, "capitaliser:repartir", mission.pk),
        "mentions": mentions_de(request.user, mission.pk),
    }
    return render(request, "capitaliser/fiche.html", contexte)


@require_safe
def word(request: Requete, ingenierie: UUID) -> HttpResponse:
    """La même, en Word, sur le gabarit du DLA pilote s'il en a un."""
    mission = lire_dossier(request.user, ingenierie)
    return repondre_word(request, FICHE, contexte_de_fiche(mission), mission.operateur_id)


@require_safe
def pdf(request: Requete, ingenierie: UUID) -> HttpResponse:
    """La même, en PDF."""
    return repondre_pdf(FICHE, contexte_de_fiche(lire_dossier(request.user, ingenierie)))


@require_POST
def etat(request: Requete, ingenierie: UUID, verbe: str) -> HttpResponse:
    """Publie, republie ou retire la fiche."""
    mission = lire_dossier(request.user, ingenierie)
    exiger(droits.peut_publier(request.user, mission))
    objet = get_object_or_404(Fiche.objects.select_related("ingenierie"), ingenierie=mission)
    jouer(request, partial(changer_etat_de_fiche, objet, verbe))
    return redirect("ingenieries:demarche", mission.pk, "finaliser.capitaliser")


# La bibliothèque


@require_safe
def bibliotheque(request: Requete) -> HttpResponse:
    """Les fiches publiées : recherche, filtres, pages."""
    contexte = {
        "liste": fiches_en_rayon(request),
        "url_gabarit": reverse("capitaliser:gabarits")
        if droits.peut_poser_un_gabarit(request.user)
        else "",
    }
    return render(request, "capitaliser/bibliotheque.html", contexte)


@require_safe
def publiee(request: Requete, fiche: UUID) -> HttpResponse:
    """L'édition en rayon d'une fiche."""
    publication = _publication(fiche)
    mission = publication.fiche.ingenierie_id
    visible = Ingenierie.objects.visibles_par(request.user).filter(pk=mission).exists()
    contexte = {
        "fiche": publication.contexte,
        "pourquoi": droits.POURQUOI_PUBLIEE,
        "publication": publication,
        "url_mission": reverse("ingenieries:dossier", args=[mission]) if visible else "",
        "url_word": reverse("capitaliser:publiee_word", args=[fiche]),
        "url_pdf": reverse("capitaliser:publiee_pdf", args=[fiche]),
        "url_comparer": reverse("capitaliser:comparer_les_fiches", args=[fiche]),
        "url_repartir": _si_je_peux_ouvrir(request, "capitaliser:repartir_de_la_fiche", fiche),
        "mentions": mentions_de(request.user, mission),
    }
    return render(request, "capitaliser/fiche.html", contexte)


@require_safe
def publiee_word(request: Requete, fiche: UUID) -> HttpResponse:
    """La fiche publiée, en Word."""
    publication = _publication(fiche)
    operateur = publication.fiche.ingenierie.operateur_id
    return repondre_word(request, FICHE, publication.contexte, operateur)


@require_safe
def publiee_pdf(request: Requete, fiche: UUID) -> HttpResponse:
    """La fiche publiée, en PDF."""
    return repondre_pdf(FICHE, _publication(fiche).contexte)


def _si_je_peux_ouvrir(request: Requete, nom: str, cle: UUID) -> str:
    """L'adresse où repartir de cette expérience, vide pour qui n'ouvre pas de mission."""
    return reverse(nom, args=[cle]) if peut_ouvrir(request.user) else ""


def _publication(fiche: UUID) -> Publication:
    en_rayon = Publication.objects.en_rayon().select_related("fiche__ingenierie")
    return get_object_or_404(en_rayon, fiche=fiche)
