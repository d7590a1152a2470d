"""Éditer un élément du dossier : une seule façon, déclarée.

    EDITION_PARTENARIAT = Edition(
        code="partenaire", nom="le partenaire", formulaire=FormulaireDePartenariat,
        demarche="engager.partenariat",
    )
    urlpatterns = routes(EDITION_PARTENARIAT, EDITION_OBJECTIF, …)

Chaque édition donne trois adresses sous `/missions/<ingenierie>/<code>/` : `ajouter`, modifier et
`retirer`, nommées `<pièce>:<code>_ajouter`, `<code>_modifier`, `<code>_retirer`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from maillage.annuaire.champs import lier_utilisateur
from maillage.ingenieries.droits import peut_modifier
from maillage.ingenieries.forms import FormulaireDElement
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import ElementDeDossier, Ingenierie
from maillage.ingenieries.operations import ajouter_element, modifier_element, retirer_element
from maillage.socle.droits import Decision, exiger
from maillage.socle.requetes import Requete
from maillage.socle.verrou import ConflitDeVersion
from maillage.socle.vues import rendre_formulaire

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class Edition:
    """Comment un type d'élément s'ajoute, se modifie et se retire.

    `nom` porte son article (« le partenaire ») : il sert aux titres et au journal.
    `unique` : un seul par dossier ; ajouter ouvre alors celui qui existe. `page` : la route, qui
    prend le dossier, où l'élément se lit quand il a une page à lui hors de sa démarche. `verbe` :
    celui du titre quand on l'ajoute.
    """

    code: str
    nom: str
    formulaire: type[FormulaireDElement]
    demarche: str = ""
    page: str = ""
    aide: str = ""
    unique: bool = False
    verbe: str = "Ajouter"
    droit: Callable[[Utilisateur, Ingenierie], Decision] = peut_modifier
    ajouter: Callable[..., ElementDeDossier] = ajouter_element
    modifier: Callable[..., ElementDeDossier] = modifier_element
    retirer: Callable[..., None] = retirer_element

    @property
    def modele(self) -> type[ElementDeDossier]:
        return self.formulaire._meta.model

    def url(self, geste: str, ingenierie: UUID, element: UUID | None = None) -> str:
        """Adresse d'un geste : « ajouter », « modifier » ou « retirer »."""
        cles = [ingenierie, element] if element else [ingenierie]
        return reverse(f"{self.modele._meta.app_label}:{self.code}_{geste}", args=cles)


def routes(*editions: Edition) -> list[URLPattern]:
    """Les adresses de plusieurs éditions, à inclure dans les urls d'une pièce."""
    return [route for edition in editions for route in _routes(edition)]


def _routes(edition: Edition) -> list[URLPattern]:
    base = f"missions/<uuid:ingenierie>/{edition.code.replace('_', '-')}/"
    options = {"edition": edition}
    return [
        path(f"{base}ajouter/", vue_ajouter, options, name=f"{edition.code}_ajouter"),
        path(f"{base}<uuid:element>/", vue_modifier, options, name=f"{edition.code}_modifier"),
        path(
            f"{base}<uuid:element>/retirer/", vue_retirer, options, name=f"{edition.code}_retirer"
        ),
    ]


def retour(edition: Edition, ingenierie: Ingenierie) -> str:
    """La page du dossier, ouverte sur la démarche où l'élément se lit, ou la page qu'il a."""
    if edition.page:
        return f"{reverse(edition.page, args=[ingenierie.pk])}#{edition.code}"
    if not edition.demarche:
        return ingenierie.get_absolute_url()
    adresse = reverse("ingenieries:demarche", args=[ingenierie.pk, edition.demarche])
    return f"{adresse}#{edition.code}"


@require_http_methods(["GET", "POST"])
def vue_ajouter(request: Requete, ingenierie: UUID, edition: Edition) -> HttpResponse:
    """Ajoute un élément ; s'il ne peut y en avoir qu'un et qu'il existe, ouvre celui-là.

    Le dossier est verrouillé le temps d'ajouter : de deux ajouts simultanés, le second voit le
    premier, que ses contraintes d'unicité le refusent ou qu'il retrouve l'élément unique.
    """
    dossier = _dossier(request, ingenierie, edition)
    with transaction.atomic():
        if request.method == "POST":
            Ingenierie.objects.select_for_update().get(pk=dossier.pk)
        lus = edition.modele._default_manager.filter(ingenierie=dossier)
        existant = lus.first() if edition.unique else None
        if existant and request.method == "GET":
            return HttpResponseRedirect(edition.url("modifier", dossier.pk, existant.pk))
        return _editer(
            request, dossier, edition, existant or edition.modele(), devancee=bool(existant)
        )


@require_http_methods(["GET", "POST"])
def vue_modifier(
    request: Requete, ingenierie: UUID, element: UUID, edition: Edition
) -> HttpResponse:
    """Modifie un élément du dossier."""
    dossier = _dossier(request, ingenierie, edition)
    objet = get_object_or_404(edition.modele, pk=element, ingenierie=dossier)
    return _editer(request, dossier, edition, objet)


@require_http_methods(["GET", "POST"])
def vue_retirer(
    request: Requete, ingenierie: UUID, element: UUID, edition: Edition
) -> HttpResponse:
    """Demande confirmation, puis retire l'élément."""
    dossier = _dossier(request, ingenierie, edition)
    objet = get_object_or_404(edition.modele, pk=element, ingenierie=dossier)
    if request.method == "POST":
        edition.retirer(objet, nom=edition.nom, par=request.user)
        return _aller(request, retour(edition, dossier))
    contexte = _contexte(dossier, edition, objet, "Retirer")
    return render(request, "ingenieries/element_retirer.html", contexte)


def _dossier(request: Requete, ingenierie: UUID, edition: Edition) -> Ingenierie:
    dossier = lire_dossier(request.user, ingenierie)
    exiger(edition.droit(request.user, dossier))
    return dossier


def _editer(
    request: Requete,
    dossier: Ingenierie,
    edition: Edition,
    objet: ElementDeDossier,
    *,
    devancee: bool = False,
) -> HttpResponse:
    """Montre le formulaire, ou enregistre ; `devancee` : l'élément vient d'être ajouté ailleurs."""
    formulaire = edition.formulaire(
        request.POST or None, request.FILES or None, instance=objet, ingenierie=dossier
    )
    lier_utilisateur(formulaire, request.user)
    if request.method == "POST" and formulaire.is_valid():
        if devancee:
            formulaire.signaler_conflit(ConflitDeVersion(objet, []))
        elif _enregistrer(request, edition, formulaire):
            return _aller(request, retour(edition, dossier))
    verbe = edition.verbe if objet._state.adding else "Modifier"
    contexte = _contexte(dossier, edition, objet, verbe) | {"formulaire": formulaire}
    return rendre_formulaire(request, "ingenieries/element_formulaire.html", contexte)


def _enregistrer(request: Requete, edition: Edition, formulaire: FormulaireDElement) -> bool:
    commun: dict[str, Any] = {
        "nom": edition.nom,
        "liens": formulaire.liens(),
        "par": request.user,
    }
    if formulaire.instance._state.adding:
        edition.ajouter(formulaire.instance, **commun)
        return True
    return formulaire.enregistrer(edition.modifier, formulaire.instance, **commun)


def _contexte(
    dossier: Ingenierie, edition: Edition, objet: ElementDeDossier, verbe: str
) -> dict[str, Any]:
    nouveau = objet._state.adding
    return {
        "ingenierie": dossier,
        "edition": edition,
        "element": objet,
        "nouveau": nouveau,
        "titre": f"{verbe} {edition.nom}",
        "bouton": f"Enregistrer {edition.nom}",
        "retour": retour(edition, dossier),
        "action": "" if nouveau else edition.url("modifier", dossier.pk, objet.pk),
        "url_retirer": ""
        if nouveau or edition.unique
        else edition.url("retirer", dossier.pk, objet.pk),
        "cle_brouillon": f"{edition.code}-{dossier.pk}-{'nouveau' if nouveau else objet.pk}",
    }


def _aller(request: Requete, adresse: str) -> HttpResponse:
    """Redirige ; depuis htmx, demande au navigateur de recharger la page d'arrivée."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": adresse})
    return HttpResponseRedirect(adresse)
