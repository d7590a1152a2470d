"""Une mission dont les structures attendent leur groupe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from maillage.confirmer.models import Participation
from tests.confirmer.conftest import agente, dossier, mobilisees, page, structures

__all__ = ["agente", "dossier", "mobilisees", "page", "structures"]

ATTENTES = ("Trouver des mécènes", "Mieux chiffrer nos projets", "")


@pytest.fixture
def a_grouper(mobilisees: Callable[..., list[Participation]]) -> Callable[[int], list[Any]]:
    """Des structures intéressées qui ont répondu, plus ou moins."""

    def creer(nombre: int) -> list[Participation]:
        lues = mobilisees(nombre, "interessee")
        for rang, participation in enumerate(lues):
            participation.niveau = ("decouverte", "pratique", "maitrise", "")[rang % 4]
            participation.attentes = ATTENTES[rang % 3]
            participation.disponibilites = ("le mardi", "jeudi matin")[rang % 2]
            participation.save()
        return lues

    return creer
