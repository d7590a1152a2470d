"""Choisir plusieurs organisations d'un coup dans l'annuaire que l'on voit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from maillage.annuaire.models import Organisation
from maillage.confirmer.forms.mobilisation import ChoixDOrganisations, FiltresDeRegistre
from maillage.ingenieries.models import Ingenierie
from maillage.socle.listes import PAR_PAGE, ColonneDeListe, Liste
from maillage.socle.mots import compter
from maillage.socle.requetes import Requete
from maillage.socle.vues import rendre_formulaire

COLONNES = [
    ColonneDeListe("Organisation", "nom", ["nom_normalise"]),
    ColonneDeListe("Commune", "commune", ["commune__nom_normalise"]),
    ColonneDeListe("Secteur", "secteur", ["secteur"]),
]


@dataclass(frozen=True, slots=True)
class Registre:
    """Une façon de choisir : les natures proposées, le formulaire et ce que fait l'envoi.

    `ajouter(dossier, formulaire, utilisateur)` rend les éléments ajoutés ; `nom` les compte.
    `lien` : ce qui les range dans un dossier ; celles qui y sont ne sont plus proposées.
    `retour` : la route, par mission, où mène `revenir` ; sans elle, la démarche du dossier.
    `premieres(utilisateur, dossier)` : les clés de celles que la première page montre d'abord.
    """

    titre: str
    phrase: str
    nom: str
    natures: Sequence[str]
    lien: str
    formulaire: type[ChoixDOrganisations]
    ajouter: Callable[[Ingenierie, Any, Any], Sequence[Any]]
    demarche: str
    retour: str = ""
    revenir: str = "Revenir à la mission"
    premieres: Callable[[Any, Ingenierie], Sequence[UUID]] | None = None
    titre_des_premieres: str = ""

    def candidates(self, utilisateur: Any, dossier: Ingenierie) -> QuerySet[Organisation]:
        """Les organisations visibles, en service, et pas encore au dossier."""
        return (
            Organisation.objects.visibles_par(utilisateur)
            .de_nature(*self.natures)
            .en_service()
            .exclude(**{f"{self.lien}__ingenierie": dossier})
        )

    def url_de_retour(self, dossier: Ingenierie) -> str:
        if self.retour:
            return reverse(self.retour, args=[dossier.pk])
        return reverse("ingenieries:demarche", args=[dossier.pk, self.demarche])


def choisir(request: Requete, dossier: Ingenierie, registre: Registre) -> HttpResponse:
    """Cherche, coche, ajoute ; on reste sur la page, à la même recherche, pour continuer."""
    candidates = registre.candidates(request.user, dossier)
    formulaire = registre.formulaire(request.POST or None, candidates=candidates)
    if request.method == "POST" and formulaire.is_valid():
        ajoutees = registre.ajouter(dossier, formulaire, request.user)
        messages.success(request, f"{compter(len(ajoutees), registre.nom)} au dossier en plus.")
        return redirect(request.get_full_path())
    liste = Liste(
        request,
        candidates.select_related("commune"),
        colonnes=COLONNES,
        tri="nom",
        filtres=FiltresDeRegistre(request.GET),
    )
    premieres = _premieres(registre, request.user, dossier, liste)
    contexte = {
        "ingenierie": dossier,
        "registre": registre,
        "premieres": premieres,
        "autres": [o for o in liste.page if o not in premieres],
        "titre_des_autres": "Les autres, à cocher" if premieres else "Organisations à cocher",
        "liste": liste,
        "formulaire": formulaire,
        "cochees": set(request.POST.getlist("organisations")),
        "retour": registre.url_de_retour(dossier),
    }
    return rendre_formulaire(request, "confirmer/choisir.html", contexte)


def _premieres(
    registre: Registre, utilisateur: Any, dossier: Ingenierie, liste: Liste
) -> list[Organisation]:
    """Celles à montrer d'abord, parmi ce que la recherche retient (deux requêtes au plus)."""
    if registre.premieres is None or liste.page.number > 1:
        return []
    cles = registre.premieres(utilisateur, dossier)
    return list(liste.objets.filter(pk__in=cles)[:PAR_PAGE]) if cles else []
