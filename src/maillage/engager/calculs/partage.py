"""Partager un coût entre plusieurs DLA, au prorata de leurs structures (règle 5 du métier)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from maillage.socle.quantites import CENTIEME, Quantite


@dataclass(frozen=True, slots=True)
class Part:
    """La part d'un DLA : ses structures, son pourcentage et, si le coût est connu, ses euros."""

    nom: str
    structures: int
    pourcent: Decimal
    montant: Quantite


def prorata(cout: Quantite, structures: Mapping[str, int]) -> list[Part]:
    """Une part par DLA ; les centimes restants vont aux plus forts restes, la somme est exacte.

    Sans aucune structure, rien ne se partage : la liste est vide.
    """
    total = sum(structures.values())
    if not total:
        return []
    montants = _repartir(cout, structures, total)
    return [
        Part(
            nom,
            nombre,
            (Decimal(100 * nombre) / total).quantize(Decimal("0.1"), ROUND_HALF_UP),
            montants[nom],
        )
        for nom, nombre in structures.items()
    ]


def _repartir(cout: Quantite, structures: Mapping[str, int], total: int) -> dict[str, Quantite]:
    if cout.valeur is None:
        return dict.fromkeys(structures, cout)
    exactes = {nom: cout.valeur * nombre / total for nom, nombre in structures.items()}
    parts = {nom: part.quantize(CENTIEME, ROUND_FLOOR) for nom, part in exactes.items()}
    restants = int((cout.valeur - sum(parts.values())) / CENTIEME)
    forts_restes = sorted(parts, key=lambda nom: exactes[nom] - parts[nom], reverse=True)
    for nom in forts_restes[:restants]:
        parts[nom] += CENTIEME
    return {nom: Quantite(part, cout.precision, cout.unite) for nom, part in parts.items()}
