"""Répondre, soustraire, lever : les gestes que partagent la page d'un compte et le portail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from maillage.accueillir.autorisations import operations
from maillage.accueillir.autorisations.forms import (
    FormulaireDAutorisations,
    FormulaireDeConsignation,
    FormulaireDeConstat,
    FormulaireDeLevee,
    FormulaireDException,
    FormulaireDExceptionConsignee,
)
from maillage.accueillir.autorisations.tenue import Constat, Tenue
from maillage.accueillir.models import ExceptionDAutorisation
from maillage.socle.listes import ColonneDeListe

COLONNES_LECTURES = [
    ColonneDeListe(libelle) for libelle in ("Qui", "Quand", "Au titre de", "Diagnostic", "Geste")
]


def formulaire_des_reponses(tenue: Tenue) -> type[FormulaireDAutorisations]:
    """L'agent y ajoute sa preuve."""
    return FormulaireDeConsignation if tenue.auteur.consigne else FormulaireDAutorisations


def formulaire_d_exception(tenue: Tenue) -> type[FormulaireDException]:
    """L'agent y ajoute sa preuve, là aussi."""
    return FormulaireDExceptionConsignee if tenue.auteur.consigne else FormulaireDException


def lire_reponses(request: HttpRequest, tenue: Tenue) -> FormulaireDAutorisations:
    """Le formulaire des réponses, lu de l'envoi s'il y en a un."""
    genre = formulaire_des_reponses(tenue)
    return genre(request.POST or None, request.FILES or None, tenue=tenue)


def lire_exception(request: HttpRequest, tenue: Tenue) -> FormulaireDException:
    """Le formulaire d'une exception, lu de l'envoi."""
    return formulaire_d_exception(tenue)(request.POST, request.FILES, tenue=tenue)


def exception_a_dire(request: HttpRequest, tenue: Tenue) -> FormulaireDException:
    """Le même, vide, ou commencé par l'adresse (« lui soustraire », depuis une lecture)."""
    nommes = ("diagnostic", "organisation")
    commencee = {nom: request.GET[nom] for nom in nommes if nom in request.GET}
    return formulaire_d_exception(tenue)(tenue=tenue, initial=commencee)


def repondre(request: HttpRequest, tenue: Tenue, formulaire: FormulaireDAutorisations) -> bool:
    """Enregistre les réponses lues ; faux si le formulaire est à reprendre."""
    if not formulaire.is_valid():
        return False
    vu = formulaire.cleaned_data["vu"]
    try:
        changees = operations.decider(tenue, formulaire.choix, vu=vu, constat=_constat(formulaire))
    except ValidationError as erreur:
        formulaire.add_error(None, erreur.messages)
        formulaire.relire(tenue)
        return False
    messages.success(
        request,
        "C’est enregistré, et cela vaut aussitôt." if changees else "Rien n’a changé.",
    )
    return True


def excepter(request: HttpRequest, tenue: Tenue, formulaire: FormulaireDException) -> bool:
    """Pose l'exception lue ; faux si le formulaire est à reprendre."""
    if not formulaire.is_valid():
        return False
    try:
        operations.soustraire(tenue, formulaire.instance, constat=_constat(formulaire))
    except ValidationError as erreur:
        formulaire.add_error(None, erreur.messages)
        return False
    messages.success(request, "C’est soustrait, y compris à qui était en train de lire.")
    return True


def rouvrir(request: HttpRequest, tenue: Tenue) -> FormulaireDeLevee | None:
    """Lève l'exception que nomme l'envoi ; rend le formulaire à reprendre s'il y a lieu."""
    try:
        exception = tenue.exceptions().get(pk=request.POST.get("exception", ""))
    except (ExceptionDAutorisation.DoesNotExist, ValidationError) as erreur:
        raise Http404 from erreur
    constat = None
    if tenue.auteur.consigne and tenue.peut_lever(exception):
        formulaire = FormulaireDeLevee(request.POST, request.FILES, exception=exception)
        if not formulaire.is_valid():
            return formulaire
        constat = formulaire.constat
    operations.lever(tenue, exception, constat=constat)
    messages.success(request, "L’exception est levée.")
    return None


def contexte_de(
    tenue: Tenue,
    reponses: FormulaireDAutorisations,
    exception: FormulaireDException,
    levee: FormulaireDeLevee | None = None,
) -> dict[str, Any]:
    """Ce que montrent la page d'un compte et la page personnelle."""
    return {
        "tenue": tenue,
        "structure": tenue.structure,
        "reponses": reponses.reponses,
        "formulaire": reponses,
        "exceptions": [(e, *_levee(tenue, e, levee)) for e in tenue.exceptions()],
        "formulaire_exception": exception,
        "exception_commencee": exception.is_bound or bool(exception.initial),
        "lectures": list(tenue.lectures()),
        "colonnes_lectures": COLONNES_LECTURES,
    }


def _levee(
    tenue: Tenue, exception: ExceptionDAutorisation, refusee: FormulaireDeLevee | None
) -> tuple[bool, FormulaireDeLevee | None]:
    """Si cette personne la lève, et le constat à écrire pour cela."""
    peut = tenue.peut_lever(exception)
    if not (peut and tenue.auteur.consigne):
        return peut, None
    if refusee and refusee.initial["exception"] == exception.pk:
        return peut, refusee
    return peut, FormulaireDeLevee(exception=exception)


def _constat(formulaire: object) -> Constat | None:
    return formulaire.constat if isinstance(formulaire, FormulaireDeConstat) else None
