"""La page personnelle ouverte par cette demande, ou une porte close qui ne dit rien."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.portail.droits import peut_repondre
from maillage.portail.models import PagePersonnelle
from maillage.portail.operations import FINALITE
from maillage.socle.droits import Refus, exiger
from maillage.socle.liens.operations import trouver
from maillage.socle.liens.vues import (
    lien_de_la_seance,
    ouvrir_seance,
    sans_compte,
    trop_d_essais,
)

LUES = ("personne", "structure__operateur", "operateur", "lien", "par__personne")


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
        return ou_refuser(request, vue, page) if page else close(request)

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
            return ou_refuser(request, vue, page, *args, **nommes)
        except Http404:
            return render(request, "portail/absente.html", status=404)

    return page_ouverte


def de_sa_main(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Répondre : personne d'autre n'est connecté sur ce navigateur (`peut_repondre`)."""

    @wraps(vue)
    def reponse(
        request: HttpRequest, page: PagePersonnelle, *args: Any, **nommes: Any
    ) -> HttpResponse:
        if request.method == "POST":
            exiger(peut_repondre(request.user, page))
        return vue(request, page, *args, **nommes)

    return reponse


def ou_refuser(
    request: HttpRequest,
    vue: Callable[..., HttpResponse],
    page: PagePersonnelle,
    *args: Any,
    **nommes: Any,
) -> HttpResponse:
    """La vue, ou son refus dit dans le cadre de la page personnelle."""
    try:
        return vue(request, page, *args, **nommes)
    except Refus as refus:
        contexte = {"decision": refus.decision, "mienne": page}
        return render(request, "portail/refus.html", contexte, status=403)


def close(request: HttpRequest) -> HttpResponse:
    """La même page pour tout lien qui n'ouvre rien."""
    return render(request, "portail/close.html", status=404)


def entrer(reponse: HttpResponse, page: PagePersonnelle) -> HttpResponse:
    """Pose le témoin de la séance, pour la page personnelle et elle seule."""
    ouvrir_seance(reponse, page.lien, reverse("portail:page"))
    return reponse
