"""Le cahier des charges comme un document : celui d'aujourd'hui, et celui qui est émis."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.confirmer.cahier.contexte import Lu, assembler, contexte_emis, lire
from maillage.confirmer.cahier.documents import CAHIER
from maillage.confirmer.cahier.etat import (
    dire_le_cahier,
    dire_les_nouveautes,
    nouveautes,
    verbes_du_cahier,
)
from maillage.confirmer.cahier.grille import ContexteDuCahier
from maillage.confirmer.editions import CAHIER as EDITION
from maillage.confirmer.models import CahierDesCharges, EtatCahier
from maillage.ingenieries.droits import peut_modifier, regard
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import Ingenierie
from maillage.socle.documents.presentations import repondre_pdf, repondre_word
from maillage.socle.requetes import Requete


@require_safe
def cahier(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Le cahier tel que le dossier le donne aujourd'hui."""
    dossier, lu = _lire(request, ingenierie)
    contexte = assembler(dossier, lu)
    depuis = nouveautes(lu.cahier, contexte)
    return _page(
        request,
        dossier,
        lu,
        {
            "cahier": contexte,
            "etat": dire_les_nouveautes(depuis) if depuis else dire_le_cahier(lu.cahier),
            "verbes": verbes_du_cahier(dossier, lu.cahier, depuis),
            "url_emis": reverse("confirmer:cahier_emis", args=[dossier.pk]) if depuis else "",
            "url_word": reverse("confirmer:cahier_word", args=[dossier.pk]),
            "url_pdf": reverse("confirmer:cahier_pdf", args=[dossier.pk]),
        },
    )


@require_safe
def cahier_word(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Le même, en Word, sur le gabarit du DLA pilote s'il en a un."""
    dossier, lu = _lire(request, ingenierie)
    return repondre_word(request, CAHIER, assembler(dossier, lu), dossier.operateur_id)


@require_safe
def cahier_pdf(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Le même, en PDF."""
    dossier, lu = _lire(request, ingenierie)
    return repondre_pdf(CAHIER, assembler(dossier, lu))


@require_safe
def emis(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Le cahier émis : exactement ce que lisent les prestataires."""
    dossier, lu = _lire(request, ingenierie)
    return _page(
        request,
        dossier,
        lu,
        {
            "cahier": _fige(dossier, lu),
            "etat": f"{dire_le_cahier(lu.cahier)} C’est ce que lisent les prestataires consultés.",
            "url_aujourdhui": reverse("confirmer:cahier", args=[dossier.pk]),
            "url_word": reverse("confirmer:cahier_emis_word", args=[dossier.pk]),
            "url_pdf": reverse("confirmer:cahier_emis_pdf", args=[dossier.pk]),
        },
    )


@require_safe
def emis_word(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Le cahier émis, en Word."""
    dossier, lu = _lire(request, ingenierie)
    return repondre_word(request, CAHIER, _fige(dossier, lu), dossier.operateur_id)


@require_safe
def emis_pdf(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Le cahier émis, en PDF."""
    dossier, lu = _lire(request, ingenierie)
    return repondre_pdf(CAHIER, _fige(dossier, lu))


def _lire(request: Requete, ingenierie: UUID) -> tuple[Ingenierie, Lu]:
    dossier = lire_dossier(request.user, ingenierie)
    return dossier, lire(dossier)


def _fige(dossier: Ingenierie, lu: Lu) -> ContexteDuCahier:
    """Le contenu émis. Lève `Http404` s'il ne l'est pas."""
    ecrit: CahierDesCharges | None = lu.cahier
    if ecrit is None or ecrit.etat != EtatCahier.EMIS:
        raise Http404
    return contexte_emis(dossier, ecrit, lu.consultation)


def _page(
    request: Requete, dossier: Ingenierie, lu: Lu, contexte: dict[str, object]
) -> HttpResponse:
    modifier = bool(peut_modifier(request.user, dossier))
    commun = {
        "mission": dossier,
        "version": lu.cahier.version if lu.cahier else "",
        "modifier": modifier,
        "url_ecrire": EDITION.url("ajouter", dossier.pk) if modifier else "",
        "url_mission": reverse("ingenieries:demarche", args=[dossier.pk, EDITION.demarche]),
        "pourquoi": regard(request.user, dossier).pourquoi,
    }
    return render(request, "confirmer/cahier.html", commun | contexte)
