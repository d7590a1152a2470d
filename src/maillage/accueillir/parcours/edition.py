"""Éditer un élément du parcours (action, point de suivi, note) : une seule façon, déclarée."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from maillage.accueillir.models import Parcours
from maillage.accueillir.parcours import operations
from maillage.accueillir.parcours.droits import peut_ecrire
from maillage.accueillir.parcours.forms import (
    FormulaireDAction,
    FormulaireDElement,
    FormulaireDeNote,
    FormulaireDePoint,
)
from maillage.accueillir.parcours.lecture import lire_parcours
from maillage.socle.droits import exiger
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class Edition:
    """Comment un élément s'ajoute, se modifie et se retire ; `nom` porte son article."""

    code: str
    nom: str
    formulaire: type[FormulaireDElement]
    aide: str = ""
    signe: bool = False

    @property
    def modele(self) -> Any:
        return self.formulaire._meta.model

    def url(self, geste: str, parcours: UUID, element: UUID | None = None) -> str:
        """Adresse d'un geste : « ajouter », « modifier » ou « retirer »."""
        cles = [parcours, element] if element else [parcours]
        return reverse(f"accueillir:{self.code}_{geste}", args=cles)


ACTION = Edition(
    "action",
    "l’action",
    FormulaireDAction,
    "Une chose à faire, qui la mène, et pour quand. On peut la remettre à quelqu’un d’autre.",
)
POINT = Edition(
    "point",
    "le point de suivi",
    FormulaireDePoint,
    "Une rencontre ou un appel : ce qui s’est dit, et quand on se revoit.",
)
NOTE = Edition(
    "note",
    "la note",
    FormulaireDeNote,
    "Une note ne sort jamais du DLA : la structure ne la lit pas.",
    signe=True,
)


def routes(*editions: Edition) -> list[URLPattern]:
    """Les adresses de plusieurs éditions."""
    return [route for edition in editions for route in _routes(edition)]


def _routes(edition: Edition) -> list[URLPattern]:
    base, options = f"parcours/<uuid:parcours>/{edition.code}", {"edition": edition}
    return [
        path(f"{base}/ajouter/", ajouter, options, name=f"{edition.code}_ajouter"),
        path(f"{base}/<uuid:element>/", modifier, options, name=f"{edition.code}_modifier"),
        path(f"{base}/<uuid:element>/retirer/", retirer, options, name=f"{edition.code}_retirer"),
    ]


@require_http_methods(["GET", "POST"])
def ajouter(request: Requete, parcours: UUID, edition: Edition) -> HttpResponse:
    """Ajoute un élément ; l'adresse peut proposer des valeurs (`?besoin=…`)."""
    objet = _parcours(request, parcours)
    nouveau = edition.modele()
    if edition.signe:
        nouveau.auteur = request.user
    return _editer(request, objet, edition, nouveau)


@require_http_methods(["GET", "POST"])
def modifier(request: Requete, parcours: UUID, element: UUID, edition: Edition) -> HttpResponse:
    """Modifie un élément."""
    objet = _parcours(request, parcours)
    existant = get_object_or_404(edition.modele, pk=element, parcours=objet)
    return _editer(request, objet, edition, existant)


@require_http_methods(["GET", "POST"])
def retirer(request: Requete, parcours: UUID, element: UUID, edition: Edition) -> HttpResponse:
    """Demande confirmation, puis retire l'élément."""
    objet = _parcours(request, parcours)
    existant = get_object_or_404(edition.modele, pk=element, parcours=objet)
    if request.method == "POST":
        existant.parcours = objet
        operations.retirer_element(existant, nom=edition.nom, par=request.user)
        return redirect(objet)
    contexte = {"parcours": objet, "edition": edition, "element": existant, "fil": fil(objet)}
    return render(request, "accueillir/parcours/retirer.html", contexte)


def fil(parcours: Parcours, suite: str = "") -> list[dict[str, str]]:
    """Où je suis : la structure, son parcours, et la page."""
    pas = [
        {"libelle": parcours.structure.nom, "url": parcours.structure.get_absolute_url()},
        {"libelle": "Parcours", "url": parcours.get_absolute_url() if suite else ""},
    ]
    return [*pas, {"libelle": suite, "url": ""}] if suite else pas


def _parcours(request: Requete, cle: UUID) -> Parcours:
    objet = lire_parcours(request.user, cle)
    exiger(peut_ecrire(request.user, objet))
    return objet


def _editer(request: Requete, parcours: Parcours, edition: Edition, element: Any) -> HttpResponse:
    formulaire = edition.formulaire(
        request.POST or None,
        instance=element,
        initial=_proposees(request, edition) if element._state.adding else None,
        parcours=parcours,
        utilisateur=request.user,
    )
    if (
        request.method == "POST"
        and formulaire.is_valid()
        and _enregistrer(request.user, edition, formulaire)
    ):
        return redirect(f"{parcours.get_absolute_url()}#{edition.code}s")
    nouveau = element._state.adding
    verbe = "Ajouter" if nouveau else "Modifier"
    contexte = {
        "parcours": parcours,
        "edition": edition,
        "formulaire": formulaire,
        "titre": f"{verbe} {edition.nom}",
        "bouton": f"Enregistrer {edition.nom}",
        "url_retirer": "" if nouveau else edition.url("retirer", parcours.pk, element.pk),
        "cle_brouillon": f"{edition.code}-{parcours.pk}-{'nouveau' if nouveau else element.pk}",
        "fil": fil(parcours, f"{verbe} {edition.nom}"),
    }
    return rendre_formulaire(request, "accueillir/parcours/element.html", contexte)


def _proposees(request: Requete, edition: Edition) -> dict[str, str]:
    """Ce que l'adresse propose, parmi les champs du formulaire ; un choix inconnu reste vide."""
    return {nom: request.GET[nom] for nom in request.GET if nom in edition.formulaire.base_fields}


def _enregistrer(
    utilisateur: Utilisateur, edition: Edition, formulaire: FormulaireDElement
) -> bool:
    commun: dict[str, Any] = {"nom": edition.nom, "par": utilisateur}
    if formulaire.instance._state.adding:
        operations.ajouter_element(formulaire.instance, **commun)
        return True
    return formulaire.enregistrer(
        partial(operations.modifier_element, formulaire.instance, **commun)
    )
