"""Rapprocher les besoins, en travail de fond : sur demande pour ses DLA, chaque nuit pour tous."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from uuid import UUID

from procrastinate.contrib.django import app

from maillage.identifier.models import Signal
from maillage.identifier.regroupement.calculs import BesoinSitue, regrouper
from maillage.identifier.regroupement.lecture import decisions_de, portees, signaux_de, situeur
from maillage.identifier.regroupement.rangement import compter_les_voisins, ranger
from maillage.socle.mots import compter
from maillage.socle.travaux.operations import lancer
from maillage.socle.travaux.registre import Progression, tache

RAPPROCHER = "identifier.rapprocher"
LIBELLE = "Rapprocher les besoins"


@tache(RAPPROCHER)
def rapprocher(progression: Progression, *, operateurs: list[str] | None = None) -> str:
    """Propose des besoins partagés à ces DLA (tous si None) ; recommencer ne double rien."""
    voulus = portees(operateurs)
    lisibles = frozenset(chain.from_iterable(voulus.values()))
    places = _situer(lisibles, progression)
    proposes = 0
    for dla, siens in voulus.items():
        situes = chain.from_iterable(places[operateur] for operateur in sorted(siens))
        proposes += ranger(dla, regrouper(situes, decisions_de(dla)))
    compter_les_voisins()
    if not proposes:
        return "Aucun besoin partagé ne se dégage pour l’instant."
    return f"{compter(proposes, 'besoin partagé', 'besoins partagés')} à revoir."


def _situer(operateurs: frozenset[UUID], progression: Progression) -> dict[UUID, list[BesoinSitue]]:
    """La place de chaque besoin, par DLA ; son texte n'est pas gardé en mémoire."""
    total = Signal.objects.filter(operateur__in=operateurs).count()
    situe = situeur()
    places: dict[UUID, list[BesoinSitue]] = defaultdict(list)
    for rang, (operateur, besoin) in enumerate(signaux_de(operateurs), 1):
        place = situe.situer(besoin)
        places[operateur].append(replace(place, besoin=replace(besoin, texte="")))
        progression.avancer(rang, max(total, rang), "besoins lus")
    return places


@app.periodic(cron="15 3 * * *")
@app.task(name="maillage.rapprocher", queueing_lock="maillage.rapprocher")
def chaque_nuit(timestamp: int) -> None:
    """Chaque nuit (3 h 15 UTC), les besoins de tous les DLA."""
    lancer(libelle=LIBELLE, tache=RAPPROCHER, parametres={}, par=None)
