"""Compter le registre par tranches, d'un département à l'autre, et garder le compte avec sa date.

Juger vingt mille entrées tient dans une page ; une région, non : un travail le fait, et la page lit
ce qu'il a compté tant que ni les critères ni les lieux n'ont changé.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from heapq import nsmallest
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from maillage.annuaire.recherche.vocabulaire import Question, et, ou
from maillage.identifier.ciblage.calculs.cascade import refusants
from maillage.identifier.ciblage.sortes import regles
from maillage.identifier.ciblage.vivier import GARDEES, PAR_NOM, PLACES, Vivier
from maillage.identifier.models import CompteDuRegistre, RechercheDeCiblage
from maillage.territoires.models import Territoire

if TYPE_CHECKING:
    from maillage.annuaire.models import EntreeDuRegistre

Avancer = Callable[[int, int, str], None]
"""Reçoit le rang de la tranche, le nombre de tranches, et ce que l'on compte."""


def compte_de(vivier: Vivier) -> CompteDuRegistre | None:
    """Le compte gardé avec cette recherche, s'il répond encore à ce qu'elle demande.

    Aucune requête si la recherche est lue avec son compte.
    """
    garde: CompteDuRegistre | None = getattr(vivier.recherche, "compte_du_registre", None)
    if garde is None or garde.demande != demande(vivier.recherche, vivier.lieux):
        return None
    return garde


def demande(recherche: RechercheDeCiblage, lieux: list[int]) -> dict[str, Any]:
    """Ce dont dépend un compte : les critères, et où l'on cherche."""
    return {"criteres": recherche.criteres, "lieux": sorted(lieux)}


def compter_le_registre(vivier: Vivier, avancer: Avancer) -> CompteDuRegistre:
    """Juge toutes les entrées, tranche après tranche ; le compte remplace le précédent."""
    posees = regles(vivier.criteres)
    profils: Counter[str] = Counter()
    lieux: dict[str, Counter[str]] = {par: Counter() for par in PLACES}
    premieres: list[tuple[str, str]] = []
    parts = list(_parts(vivier))
    for rang, (nom, question) in enumerate(parts):
        avancer(rang, len(parts), nom)
        part = vivier.registre().filter(mots=Question(question))
        for ligne in _comptees(part):
            profils[ligne["profil"]] += ligne["nombre"]
            if not refusants(posees, ligne["profil"]):
                for par, chemin in PLACES.items():
                    lieux[par][str(ligne[chemin] or "")] += ligne["nombre"]
        siennes = vivier.retenues(part).order_by(*PAR_NOM)
        lues = siennes.values_list(PAR_NOM[0], "numero")[:GARDEES]
        premieres = nsmallest(GARDEES, [*premieres, *lues])
    avancer(len(parts), len(parts), "entrées jugées")
    compte, _ = CompteDuRegistre.objects.update_or_create(
        recherche=vivier.recherche,
        defaults={
            "demande": demande(vivier.recherche, vivier.lieux),
            "le": timezone.now(),
            "profils": profils,
            "lieux": lieux,
            "premieres": [numero for _, numero in premieres],
        },
    )
    return compte


def _parts(vivier: Vivier) -> Iterator[tuple[str, str]]:
    """Chaque département où l'on cherche, puis ce qui n'est dans aucun d'eux."""
    communes = Territoire.objects.communes().filter(chemin__overlap=vivier.lieux)
    trouves = Territoire.objects.filter(pk__in=communes.order_by().values("departement"))
    departements = list(trouves.order_by("code").values_list("pk", "nom"))
    for pk, nom in departements:
        yield nom, ou([f"dans:{pk}"])
    dehors = (f"!'dans:{pk}'" for pk, _ in departements)
    yield "ailleurs", et("'etat:active'", *dehors)


def _comptees(part: QuerySet[EntreeDuRegistre]) -> Iterator[dict[str, Any]]:
    """Le nombre d'entrées par profil et par lieu (une requête)."""
    lignes: Any = part.order_by().values("profil", *PLACES.values())
    return iter(lignes.annotate(nombre=Count("pk")))
