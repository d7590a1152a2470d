"""La page personnelle ouverte par cette demande, ou une porte close qui ne dit rien."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.portail.models import PagePersonnelle
from maillage.portail.operations import FINALITE
from maillage.socle.liens.operations import trouver
from maillage.socle.liens.vues import (
    lien_de_la_seance,
    ouvrir_seance,
    sans_compte,
    trop_d_essais,
)

LUES = ("personne", "structure__operateur", "operateur", "lien")


def page_du_jeton(jeton: str) -> PagePersonnelle | None:
    """La page de ce jeton, s'il vaut encore pour quelqu'un qui est encore contact."""
    lien = trouver(jeton, finalite=FINALITE)
    pages = PagePersonnelle.objects.en_cours().select_related(*LUES)
    return pages.filter(lien=lien).first() if lien else None


def a_la_porte(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """La seule page dont l'adresse porte le jeton ; inconnu, expiré, révoqué : la même réponse."""

    @sans_compte
    @wraps(vue)
    def porte(request: HttpRequest, jeton: str) -> HttpResponse:
        if trop_d_essais(request, jeton):
            return render(request, "portail/attendre.html", status=429)
        page = page_du_jeton(jeton)
        return vue(request, page) if page else close(request)

    return porte


def chez_soi(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Une page de la personne dont la porte est ouverte ; relue à chaque demande."""

    @sans_compte
    @wraps(vue)
    def page_ouverte(request: HttpRequest, *args: Any, **nommes: Any) -> HttpResponse:
        cle = lien_de_la_seance(request, FINALITE)
        pages = PagePersonnelle.objects.en_cours().select_related(*LUES)
        page = pages.filter(lien=cle).first() if cle else None
        if page is None:
            return close(request)
        try:
            return vue(request, page, *args, **nommes)
        except Http404:
            return render(request, "portail/absente.html", status=404)

    return page_ouverte


def close(request: HttpRequest) -> HttpResponse:
    """La même page pour tout lien qui n'ouvre rien."""
    return render(request, "portail/close.html", status=404)


def entrer(reponse: HttpResponse, page: PagePersonnelle) -> HttpResponse:
    """Pose le témoin de la séance, pour la page personnelle et elle seule."""
    ouvrir_seance(reponse, page.lien, reverse("portail:page"))
    return reponse
