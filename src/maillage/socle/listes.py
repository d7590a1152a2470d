"""Listes cherchées, filtrées, triées et paginées, dont l'adresse garde tout l'état.

Une pièce déclare ses tris et un formulaire de filtres (GET) qui sait s'appliquer ; la liste
ne coûte que deux requêtes (le compte et la page), quel que soit le nombre de lignes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

PAR_PAGE = 25


@dataclass(frozen=True, slots=True)
class Tri:
    """Un ordre possible : son code dans l'adresse, son intitulé, les champs de l'ordre montant."""

    code: str
    intitule: str
    champs: Sequence[str]

    def ordre(self, descendant: bool) -> list[str]:
        """Champs d'ordre ; la clé primaire départage, pour une pagination stable."""
        champs = [*self.champs, "pk"]
        return [_inverser(c) for c in champs] if descendant else champs


class Filtres(forms.Form):
    """Formulaire de filtres en GET ; un filtre illisible est ignoré et dit pourquoi."""

    def appliquer(self, objets: QuerySet[Any]) -> QuerySet[Any]:
        """Réduit les objets d'après `cleaned_data` ; chaque liste écrit la sienne."""
        raise NotImplementedError

    @property
    def actifs(self) -> dict[str, Any]:
        """Les filtres posés, pour les dire et proposer de les lever."""
        return {nom: v for nom, v in getattr(self, "cleaned_data", {}).items() if v}


class Liste:
    """Une page de résultats et les liens qui changent de tri ou de page."""

    def __init__(
        self,
        request: HttpRequest,
        objets: QuerySet[Any],
        *,
        tris: Sequence[Tri],
        filtres: Filtres | None = None,
        par_page: int = PAR_PAGE,
    ) -> None:
        self.parametres: QueryDict = request.GET.copy()
        self.filtres = filtres
        self.tris = tris
        if filtres is not None and (filtres.is_valid() or filtres.cleaned_data):
            objets = filtres.appliquer(objets)
        self.objets = objets.order_by(*self._ordre())
        self.page: Page[Any] = Paginator(self.objets, par_page).get_page(request.GET.get("page"))

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def code_de_tri(self) -> str:
        demande = self.parametres.get("tri", "")
        connus = {t.code for t in self.tris}
        return demande if demande.lstrip("-") in connus else self.tris[0].code

    def _ordre(self) -> list[str]:
        code = self.code_de_tri
        tri = next(t for t in self.tris if t.code == code.lstrip("-"))
        return tri.ordre(code.startswith("-"))

    def lien(self, **changements: str | int) -> str:
        """L'adresse de cette liste avec d'autres paramètres ; change de page si le reste bouge."""
        parametres = self.parametres.copy()
        if "page" not in changements:
            parametres.pop("page", None)
        for nom, valeur in changements.items():
            parametres[nom] = str(valeur)
        return f"?{parametres.urlencode()}"

    @property
    def entetes(self) -> list[dict[str, str]]:
        """Chaque tri : son intitulé, son lien (inverse l'ordre s'il est posé) et son sens présent."""
        return [self._entete(tri) for tri in self.tris]

    def _entete(self, tri: Tri) -> dict[str, str]:
        sens = {tri.code: "ascending", f"-{tri.code}": "descending"}.get(self.code_de_tri, "none")
        suivant = f"-{tri.code}" if sens == "ascending" else tri.code
        return {"intitule": tri.intitule, "lien": self.lien(tri=suivant), "sens": sens}

    @property
    def page_precedente(self) -> str:
        return self.lien(page=self.page.number - 1) if self.page.has_previous() else ""

    @property
    def page_suivante(self) -> str:
        return self.lien(page=self.page.number + 1) if self.page.has_next() else ""


def _inverser(champ: str) -> str:
    return champ[1:] if champ.startswith("-") else f"-{champ}"
