"""Repartir d'une expérience : dire ce qui vient et ce qui ne vient pas, puis ouvrir la mission."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from maillage.capitaliser.forms import FormulaireDeReprise
from maillage.capitaliser.operations import repartir
from maillage.capitaliser.reprise import JAMAIS, Depart, depart_de_fiche, depart_de_mission
from maillage.ingenieries.droits import peut_ouvrir
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import exiger
from maillage.socle.formulaires import SANS_VERSION
from maillage.socle.requetes import Requete, lire_cle
from maillage.socle.vues import rendre_formulaire


@require_http_methods(["GET", "POST"])
def mission(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Repartir d'une mission que je vois."""
    return _page(request, depart_de_mission(request.user, ingenierie))


@require_http_methods(["GET", "POST"])
def fiche(request: Requete, fiche: UUID) -> HttpResponse:
    """Repartir d'une fiche publiée ; du dossier lui-même s'il m'est ouvert, il en dit plus."""
    depart = depart_de_fiche(fiche)
    if Ingenierie.objects.visibles_par(request.user).filter(pk=depart.mission).exists():
        exiger(peut_ouvrir(request.user))
        return redirect("capitaliser:repartir", depart.mission)
    return _page(request, depart)


def _page(request: Requete, depart: Depart) -> HttpResponse:
    exiger(peut_ouvrir(request.user))
    cle = _cle(request)
    formulaire = FormulaireDeReprise(
        request.POST or None, utilisateur=request.user, depart=depart, cle=cle
    )
    if request.method == "POST" and formulaire.is_valid():
        if ouverte := _ouvrir_une_fois(request, depart, formulaire):
            return redirect(ouverte)
        formulaire.add_error(None, SANS_VERSION)
    contexte = {"formulaire": formulaire, "depart": depart, "jamais": JAMAIS}
    return rendre_formulaire(request, "capitaliser/repartir.html", contexte)


def _ouvrir_une_fois(
    request: Requete, depart: Depart, formulaire: FormulaireDeReprise
) -> Ingenierie | None:
    """La mission ouverte ; celle du premier envoi si le même formulaire arrive deux fois.

    Rien si la clé est celle d'une tout autre mission : elle n'est ni touchée ni montrée.
    """
    cle = formulaire.instance.pk
    try:
        return repartir(
            formulaire.instance,
            depart=depart,
            parties=formulaire.cleaned_data["parties"],
            liens=formulaire.liens(),
            par=request.user,
        )
    except IntegrityError:
        if not Ingenierie.objects.filter(pk=cle).exists():
            raise
        visibles = Ingenierie.objects.visibles_par(request.user)
        return visibles.filter(pk=cle, issue_de=depart.mission).first()


def _cle(request: Requete) -> UUID:
    """La clé que porte le formulaire envoyé ; une neuve s'il n'en porte pas de lisible."""
    return lire_cle(request.POST.get("cle", "")) or uuid4()
