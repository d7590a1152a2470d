"""Où sont les structures retenues : combien par département ou EPCI, et la carte qui le montre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Avg, Count

from maillage.identifier.models import ResultatDeCiblage
from maillage.socle.cartes import Point, carte
from maillage.socle.mots import compter
from maillage.territoires.contours import contours
from maillage.territoires.models import Territoire

REGROUPEMENTS = {"departement": "département", "epci": "intercommunalité"}
INCONNUE = "Lieu inconnu"


@dataclass(frozen=True, slots=True)
class Place:
    """Un lieu et le nombre de structures qui y sont ; sans centre, il n'est pas sur la carte."""

    nom: str
    nombre: int
    centre: tuple[float, float] | None = None
    departements: tuple[str, ...] = ()


def lire_places(nombres: Mapping[int | None, int], par: str) -> list[Place]:
    """Chaque lieu avec son nom et le centre de ses communes, les plus fournis d'abord.

    Une requête, que le nombre de lieux ne change pas.
    """
    lus = (
        Territoire.objects.communes()
        .filter(**{f"{par}__in": [pk for pk in nombres if pk is not None]})
        .order_by()
        .values_list(par, f"{par}__nom", "departement__code")
        .annotate(longitude=Avg("longitude"), latitude=Avg("latitude"))
    )
    places: dict[int | None, Place] = {}
    for pk, nom, departement, longitude, latitude in lus:
        deja = places.get(pk)
        centre = (longitude, latitude) if longitude is not None else None
        places[pk] = Place(
            nom,
            nombres[pk],
            centre or (deja.centre if deja else None),
            (*(deja.departements if deja else ()), departement),
        )
    inconnues = sum(n for pk, n in nombres.items() if pk not in places)
    rangees = sorted(places.values(), key=lambda place: (-place.nombre, place.nom))
    return [*rangees, *([Place(INCONNUE, inconnues)] if inconnues else [])]


def lire_lignes(resultat: ResultatDeCiblage, par: str) -> list[Place]:
    """Où sont les structures d'un résultat gardé (deux requêtes)."""
    comptees = resultat.structures.order_by().values_list(f"commune__{par}")
    return lire_places(dict(comptees.annotate(nombre=Count("pk"))), par)


def dessiner(places: Sequence[Place], par: str) -> str:
    """La carte des lieux, sur le contour de leurs départements ; vide s'il n'y a rien à situer."""
    situees = [place for place in places if place.centre]
    if not situees:
        return ""
    codes = sorted({code for place in situees for code in place.departements})
    points = [Point(p.nom, *p.centre, p.nombre) for p in situees if p.centre]
    return carte(
        "carte-du-ciblage",
        f"Structures retenues par {REGROUPEMENTS[par]}",
        f"{_dire(situees)} Le tableau qui suit donne tous les nombres.",
        contours(codes),
        points,
    )


def _dire(situees: Sequence[Place]) -> str:
    premiere = situees[0]
    ailleurs = f", {compter(len(situees) - 1, 'autre lieu', 'autres lieux')}" if situees[1:] else ""
    return f"{premiere.nom} : {compter(premiere.nombre, 'structure')}{ailleurs}."
