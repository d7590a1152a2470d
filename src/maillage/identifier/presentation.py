"""Comment le ciblage se présente dans un document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maillage import methode
from maillage.identifier.models import Ciblage
from maillage.socle.documents.grilles import Ligne


@dataclass(frozen=True, slots=True)
class Critere:
    """Un critère de ciblage et ce que l'on en a retenu."""

    libelle: str = ""
    retenus: tuple[Ligne, ...] = ()


def profil(ciblages: Iterable[Ciblage]) -> tuple[Critere, ...]:
    """Les critères où quelque chose est retenu, dans l'ordre de la méthode."""
    retenus = {c.sous_item: c.retenu for c in ciblages}
    criteres = (
        Critere(
            critere.libelle,
            tuple(Ligne(e.libelle, retenus[e.code]) for e in critere.elements if e.code in retenus),
        )
        for critere in methode.ciblage().criteres
    )
    return tuple(c for c in criteres if c.retenus)
