"""Les lots d'un import, de toutes ses sources à la suite : lus, nettoyés, prêts à verser.

Trois gestes se recouvrent : un fil lit et découpe, un autre nettoie, un autre verse. Ni polars
ni PostgreSQL ne gardent le verrou de Python : deux cœurs travaillent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import polars as pl

from maillage.annuaire.registre.importer.communes import Communes
from maillage.annuaire.registre.importer.dispositions import DE_COMPTE, Disposition
from maillage.annuaire.registre.importer.lecture import Lecture, lire
from maillage.annuaire.registre.importer.registres import PAR_CODE
from maillage.annuaire.registre.importer.sources import Source
from maillage.annuaire.registre.importer.verification import Tableau
from maillage.annuaire.registre.importer.versement import Envoi, preparer

T = TypeVar("T")
_FIN: object = object()


@dataclass(frozen=True, slots=True)
class Point:
    """Où reprendre : le rang de la source, l'octet et la ligne qui y suivent ce qui est versé."""

    source: int = 0
    decalage: int = 0
    ligne: int = 0


@dataclass(frozen=True, slots=True)
class Lot:
    """Un bloc nettoyé de la source de rang `rang`.

    `a_dire` a les lignes rejetées ou remarquées (`DE_COMPTE`) ; `lues` compte aussi les illisibles.
    """

    rang: int
    tableau: Tableau
    disposition: Disposition
    lecture: Lecture
    envoi: Envoi
    a_dire: pl.DataFrame
    lues: int
    ecartees: int
    rejetees: int


def lots(
    chemin: Path, tableaux: Sequence[Tableau], communes: Communes, point: Point
) -> Iterator[Lot]:
    """Les lots qui restent à verser après ce point. Lève `FichierRefuse`."""
    lues = en_avance(_lectures(chemin, tableaux, point))
    return en_avance(_nettoyer(rang, tableaux[rang], lu, communes) for rang, lu in lues)


def _lectures(
    chemin: Path, tableaux: Sequence[Tableau], point: Point
) -> Iterator[tuple[int, Lecture]]:
    for rang in range(point.source, len(tableaux)):
        tableau = tableaux[rang]
        reprise = point if rang == point.source else Point()
        for lecture in lire(
            Source(chemin, tableau.nom, tableau.entree, tableau.parquet),
            tableau,
            PAR_CODE[tableau.disposition],
            decalage=reprise.decalage,
            ligne=reprise.ligne,
        ):
            yield rang, lecture


def _nettoyer(rang: int, tableau: Tableau, lecture: Lecture, communes: Communes) -> Lot:
    disposition = PAR_CODE[tableau.disposition]
    cadre = disposition.appliquer(lecture.cadre, communes)
    dedans = _ou(cadre, ~cadre["_ecartee"])
    bonnes = _ou(dedans, dedans["_raison"] == "")
    dites = (pl.col("_raison") != "") | (pl.col("_remarque") != "")
    illisibles = len(lecture.illisibles)
    return Lot(
        rang=rang,
        tableau=tableau,
        disposition=disposition,
        lecture=replace(lecture, cadre=pl.DataFrame()),
        envoi=preparer(bonnes, disposition),
        a_dire=dedans.select(DE_COMPTE).filter(dites),
        lues=cadre.height + illisibles,
        ecartees=cadre.height - dedans.height,
        rejetees=dedans.height - bonnes.height + illisibles,
    )


def _ou(cadre: pl.DataFrame, retenues: pl.Series) -> pl.DataFrame:
    """Ces lignes ; le cadre lui-même, sans copie, si ce sont toutes."""
    return cadre if retenues.all() else cadre.filter(retenues)


def en_avance(elements: Iterable[T]) -> Iterator[T]:
    """Prépare l'élément suivant dans un autre fil pendant que l'on se sert du précédent."""
    iterateur = iter(elements)
    with ThreadPoolExecutor(1) as fil:
        suivant = fil.submit(next, iterateur, _FIN)
        while (element := suivant.result()) is not _FIN:
            suivant = fil.submit(next, iterateur, _FIN)
            yield element  # type: ignore[misc]
