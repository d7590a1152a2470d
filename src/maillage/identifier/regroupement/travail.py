"""Rapprocher les besoins, en travail de fond : sur demande pour ses DLA, chaque nuit pour tous."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from uuid import UUID

from procrastinate.contrib.django import app

from maillage.identifier.regroupement.calculs import BesoinSitue, regrouper
from maillage.identifier.regroupement.lecture import (
    a_rapprocher,
    decisions_de,
    portees,
    signaux_de,
    situeur,
)
from maillage.identifier.regroupement.rangement import compter_les_voisins, ranger
from maillage.socle.mots import compter
from maillage.socle.travaux.operations import lancer
from maillage.socle.travaux.registre import Progression, tache

RAPPROCHER = "identifier.rapprocher"
LIBELLE = "Rapprocher les besoins"

Places = dict[UUID, list[BesoinSitue]]


@tache(RAPPROCHER)
def rapprocher(progression: Progression, *, operateurs: list[str] | None = None) -> str:
    """Propose des besoins partagés à ces DLA (tous si None) ; recommencer ne double rien."""
    voulus = portees(operateurs)
    lisibles = frozenset(chain.from_iterable(voulus.values()))
    libres, reserves = _situer(lisibles, progression)
    proposes = 0
    for dla, siens in voulus.items():
        situes = chain(reserves[dla], *(libres[operateur] for operateur in sorted(siens)))
        proposes += ranger(dla, regrouper(situes, decisions_de(dla)))
    compter_les_voisins()
    if not proposes:
        return "Rien de nouveau à revoir : aucun autre besoin partagé ne se dégage."
    return f"{compter(proposes, 'besoin partagé', 'besoins partagés')} à revoir."


def _situer(operateurs: frozenset[UUID], progression: Progression) -> tuple[Places, Places]:
    """La place de chaque besoin, par DLA : ceux notés pour eux-mêmes, ceux de ses diagnostics.

    Le texte n'est pas gardé, ni les mots d'un diagnostic : rien ne les recopie (0017).
    """
    total = a_rapprocher(operateurs).count()
    situe = situeur()
    libres: Places = defaultdict(list)
    reserves: Places = defaultdict(list)
    for rang, lu in enumerate(signaux_de(operateurs), 1):
        place = situe.situer(lu.besoin)
        place = replace(
            place,
            besoin=replace(lu.besoin, texte=""),
            mots=() if lu.du_diagnostic else place.mots,
        )
        (reserves if lu.du_diagnostic else libres)[lu.operateur].append(place)
        progression.avancer(rang, max(total, rang), "besoins lus")
    return libres, reserves


@app.periodic(cron="15 3 * * *")
@app.task(name="maillage.rapprocher", queueing_lock="maillage.rapprocher")
def chaque_nuit(timestamp: int) -> None:
    """Chaque nuit (3 h 15 UTC), les besoins de tous les DLA."""
    lancer(libelle=LIBELLE, tache=RAPPROCHER, parametres={}, par=None)
