"""Ce qu'une structure a dit au fil du temps, d'après l'historique."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from maillage.accueillir.models import Autorisation, ExceptionDAutorisation
from maillage.accueillir.models.autorisation import dire_l_exception

if TYPE_CHECKING:
    from maillage.annuaire.models import Organisation

MONTREES = 20
POSEE, LEVEE = "insert", "delete"


@dataclass(frozen=True, slots=True)
class Dite:
    """Une ligne : quand, quoi, comment on le sait."""

    quand: datetime
    quoi: str
    comment: str


def passees(structure: Organisation) -> list[Dite]:
    """Les dernières, la plus récente d'abord ; deux requêtes."""
    dites = [*_reponses(structure), *_exceptions(structure)]
    return sorted(dites, key=lambda dite: dite.quand, reverse=True)[:MONTREES]


def _reponses(structure: Organisation) -> list[Dite]:
    lues = _evenements(Autorisation, structure).exclude(pgh_label=LEVEE)
    return [
        Dite(
            e.depuis,
            f"{e.get_categorie_display()} : {'ouvert' if e.accordee else 'fermé'}",
            _comment(e),
        )
        for e in lues[:MONTREES]
    ]


def _exceptions(structure: Organisation) -> list[Dite]:
    """Soustraire et lever ; un diagnostic ou une organisation disparus ne se nomment plus."""
    lues = _evenements(ExceptionDAutorisation, structure).filter(pgh_label__in=(POSEE, LEVEE))
    verbes = {POSEE: "soustrait", LEVEE: "levé"}
    return [
        Dite(e.pgh_created_at, f"{dire_l_exception(e)} : {verbes[e.pgh_label]}", _comment(e))
        for e in lues.select_related("diagnostic", "organisation")[:MONTREES]
    ]


def _evenements(modele: Any, structure: Organisation) -> Any:
    return modele.pgh_event_model.objects.filter(structure=structure).order_by("-pgh_id")


def _comment(evenement: Any) -> str:
    """« consignée par le DLA (Mme Diallo, présidente ; courriel du 3 mars) »."""
    preuve = f" ; {evenement.preuve}" if evenement.preuve else ""
    return f"{evenement.get_voie_display()} ({evenement.par}{preuve})"
