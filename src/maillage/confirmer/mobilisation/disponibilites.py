"""Quand chaque structure peut venir, tel que la constitution des groupes le lit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from maillage.confirmer.models import Disponibilite, Participation


@dataclass(frozen=True, slots=True)
class Disponibilites:
    """Les créneaux où une structure peut venir, et ce qu'elle en dit.

    `creneaux` : clés de `Creneau` ; None tant que l'on ne sait pas, ce qui n'est pas « aucun ».
    """

    creneaux: frozenset[UUID] | None
    mots: str = ""


def disponibilites_de(participations: Iterable[Participation]) -> dict[UUID, Disponibilites]:
    """Par clé de participation (une requête)."""
    lues = list(participations)
    coches: dict[UUID, set[UUID]] = defaultdict(set)
    liens = Disponibilite.objects.filter(participation__in=[p.pk for p in lues])
    for participation, creneau in liens.values_list("participation", "creneau"):
        coches[participation].add(creneau)
    return {p.pk: Disponibilites(_connus(p, coches[p.pk]), p.disponibilites) for p in lues}


def _connus(participation: Participation, coches: set[UUID]) -> frozenset[UUID] | None:
    return frozenset(coches) if coches or participation.aucun_creneau else None
