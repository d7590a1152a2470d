"""La page personnelle : une porte, puis ce que l'on me demande ; dire qui peut me lire."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.accueillir.autorisations import gestes
from maillage.accueillir.autorisations.forms import FormulaireDAutorisations, FormulaireDException
from maillage.accueillir.autorisations.tenue import Tenue
from maillage.portail import demandes, operations
from maillage.portail.models import PagePersonnelle
from maillage.portail.seance import a_la_porte, chez_soi, de_sa_main, entrer
from maillage.socle.liens.vues import fermer_seance
from maillage.socle.vues import rendre_formulaire


@a_la_porte
@de_sa_main
@require_http_methods(["GET", "POST"])
def porte(request: HttpRequest, mienne: PagePersonnelle) -> HttpResponse:
    """Qui m'écrit et pourquoi ; ouvrir est un geste : un robot de messagerie n'ouvre rien."""
    if request.method == "POST":
        operations.ouvrir(mienne)
        return entrer(redirect("portail:page"), mienne)
    return render(request, "portail/porte.html", {"mienne": mienne})


@chez_soi
@require_safe
def page(request: HttpRequest, mienne: PagePersonnelle) -> HttpResponse:
    """Tout ce que l'on me demande, et ce que c'est devenu."""
    attendent, faites = demandes.reunir(mienne.interlocuteur)
    contexte = {"mienne": mienne, "attendent": attendent, "faites": faites}
    return render(request, "portail/page.html", contexte)


@chez_soi
@require_POST
def quitter(request: HttpRequest, mienne: PagePersonnelle) -> HttpResponse:
    """Referme la page sur cet appareil ; le lien, lui, vaut toujours."""
    reponse = render(request, "portail/quittee.html", {"mienne": mienne})
    fermer_seance(reponse, operations.FINALITE, reverse("portail:page"))
    return reponse


@chez_soi
@de_sa_main
@require_http_methods(["GET", "POST"])
def autorisations(request: HttpRequest, mienne: PagePersonnelle) -> HttpResponse:
    """Dire qui peut lire mes diagnostics ; voir qui les a lus."""
    tenue = _tenue(mienne)
    formulaire = gestes.lire_reponses(request, tenue)
    if request.method == "POST" and gestes.repondre(request, tenue, formulaire):
        return redirect("portail:autorisations")
    return _page(request, mienne, tenue, formulaire)


@chez_soi
@de_sa_main
@require_POST
def soustraire(request: HttpRequest, mienne: PagePersonnelle) -> HttpResponse:
    """Soustraire un diagnostic ou un destinataire."""
    tenue = _tenue(mienne)
    formulaire = gestes.lire_exception(request, tenue)
    if gestes.excepter(request, tenue, formulaire):
        return redirect("portail:autorisations")
    return _page(request, mienne, tenue, FormulaireDAutorisations(tenue=tenue), formulaire)


@chez_soi
@de_sa_main
@require_POST
def lever(request: HttpRequest, mienne: PagePersonnelle) -> HttpResponse:
    """Lever une exception."""
    gestes.rouvrir(request, _tenue(mienne))
    return redirect("portail:autorisations")


def _page(
    request: HttpRequest,
    mienne: PagePersonnelle,
    tenue: Tenue,
    reponses: FormulaireDAutorisations,
    exception: FormulaireDException | None = None,
) -> HttpResponse:
    exception = exception or gestes.exception_a_dire(request, tenue)
    contexte = gestes.contexte_de(tenue, reponses, exception) | {
        "mienne": mienne,
        "url_soustraire": reverse("portail:soustraire"),
        "url_lever": reverse("portail:lever"),
    }
    return rendre_formulaire(request, "portail/autorisations.html", contexte)


def _tenue(mienne: PagePersonnelle) -> Tenue:
    return Tenue(mienne.structure, mienne.diagnostics(), mienne.auteur)
