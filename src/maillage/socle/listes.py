"""Listes cherchées, filtrées, triées et paginées, dont l'adresse garde tout l'état.

Une pièce déclare ses colonnes (celles qui ont un ordre sont triables) et un formulaire de filtres
en GET qui sait s'appliquer. Une liste ne coûte que deux requêtes, le compte et la page, quel que
soit le nombre de lignes ; au-delà de `COMPTEES`, elle dit « plus de » et se parcourt jusque-là.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, Func, OrderBy, QuerySet
from django.http import HttpRequest, StreamingHttpResponse

from maillage.socle.exports import Export

PAR_PAGE = 25
COMPTEES = 1_000
"""Lignes comptées et feuilletées au plus : au-delà, on filtre plutôt que de tourner quarante pages,
et compter un pays entier coûterait plus que la page."""
LUES = 500
"""Lignes lues d'un coup pour un export."""


@dataclass(frozen=True, slots=True)
class ColonneDeListe:
    """Une colonne à l'écran : son intitulé et, si elle se trie, sa clé et ses champs d'ordre."""

    libelle: str
    cle: str = ""
    ordre: Sequence[str] = ()
    nombre: bool = False


class Filtres(forms.Form):
    """Formulaire de filtres en GET ; un filtre illisible est ignoré et dit pourquoi.

    `q` cherche par le QuerySet de la liste ; les filtres de `egaux` comparent le champ du même nom.
    """

    egaux: ClassVar[tuple[str, ...]] = ()

    def appliquer(self, objets: Any) -> Any:
        """Réduit les objets d'après `cleaned_data` ; une liste y ajoute ce qui lui est propre."""
        if mots := self.cleaned_data.get("q"):
            objets = objets.cherche(mots)
        poses = {nom: v for nom in self.egaux if (v := self.cleaned_data.get(nom))}
        return objets.filter(**poses)

    def ordonner(self, champs: list[str]) -> list[str]:
        """Le même ordre, tel qu'un index le donne parmi les objets que ces filtres retiennent."""
        return champs

    @property
    def actifs(self) -> dict[str, Any]:
        """Les filtres posés, pour les dire et proposer de les lever."""
        return {nom: v for nom, v in getattr(self, "cleaned_data", {}).items() if v}


class _ValeurTelle(Func):
    """La valeur, que PostgreSQL ne sait plus lire dans l'ordre d'un index."""

    template = "(ARRAY[%(expressions)s])[1]"
    arity = 1


def _trouver_puis_trier(objets: Any) -> Any:
    """Le même ordre, sans parcourir un index entier pour quelques lignes qui s'y trouvent."""
    premier, *suite = objets.query.order_by
    valeur = _ValeurTelle(F(premier.removeprefix("-")))
    return objets.order_by(OrderBy(valeur, descending=premier.startswith("-")), *suite)


class PaginateurBorne(Paginator):
    """Compte au plus `COMPTEES` lignes ; `deborde` dit qu'il y en a davantage.

    Les compter toutes, c'est les avoir trouvées : mieux vaut alors les trier que de les chercher
    dans l'ordre d'un index. Au-delà, on suit un index : `suivi` est l'ordre qu'il donne, s'il
    s'écrit autrement.
    """

    def __init__(self, objets: Any, par_page: int, *, suivi: Sequence[str] = ()) -> None:
        super().__init__(objets, par_page)
        self.suivi = suivi

    def page(self, number: int | str) -> Page[Any]:
        objets: Any = self.object_list
        if not self.deborde:
            self.object_list = _trouver_puis_trier(objets)
        elif self.suivi:
            self.object_list = objets.order_by(*self.suivi)
        return super().page(number)

    @cached_property
    def _comptees(self) -> int:
        objets: Any = self.object_list
        return int(objets.order_by().values("pk")[: COMPTEES + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self._comptees, COMPTEES)

    @property
    def deborde(self) -> bool:
        return self._comptees > COMPTEES


class Liste:
    """Une page de résultats, son tri et ses filtres, lus dans l'adresse.

    `tri` est la clé d'une colonne, précédée de « - » en ordre descendant.
    """

    def __init__(
        self,
        request: HttpRequest,
        objets: QuerySet[Any],
        *,
        colonnes: Sequence[ColonneDeListe],
        tri: str,
        filtres: Filtres | None = None,
        par_page: int = PAR_PAGE,
    ) -> None:
        self.adresse = request.GET
        self.colonnes = colonnes
        self.filtres = filtres
        self.tri = self._tri_demande(tri)
        if filtres is not None and (filtres.is_valid() or filtres.cleaned_data):
            objets = filtres.appliquer(objets)
        champs = self._champs_d_ordre()
        self.objets = objets.order_by(*self._diriger(champs))
        suivi = self._diriger(filtres.ordonner(champs)) if filtres is not None else ()
        self.page: Page[Any] = PaginateurBorne(self.objets, par_page, suivi=suivi).get_page(
            request.GET.get("page")
        )

    @property
    def total(self) -> int:
        return self.page.paginator.count

    def _tri_demande(self, initial: str) -> str:
        demande = self.adresse.get("tri", "")
        connues = {c.cle for c in self.colonnes if c.cle}
        return demande if demande.removeprefix("-") in connues else initial

    def _champs_d_ordre(self) -> list[str]:
        """Champs d'ordre ; la clé primaire départage, pour une pagination stable."""
        cle = self.tri.removeprefix("-")
        return [*next(c.ordre for c in self.colonnes if c.cle == cle), "pk"]

    def _diriger(self, champs: list[str]) -> list[str]:
        """Ces champs, dans le sens demandé."""
        return [_inverser(c) for c in champs] if self.tri.startswith("-") else champs

    def exporter(self, export: Export[Any]) -> StreamingHttpResponse | None:
        """Toutes les lignes en fichier, si l'adresse le demande (`?export=xlsx` ou `csv`)."""
        ecrire = {"xlsx": export.en_xlsx, "csv": export.en_csv}.get(self.adresse.get("export", ""))
        return ecrire(self.objets.iterator(LUES)) if ecrire else None


def _inverser(champ: str) -> str:
    return champ.removeprefix("-") if champ.startswith("-") else f"-{champ}"
