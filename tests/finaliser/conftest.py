"""Une mission du Doubs, son agente, et des structures retenues."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from maillage.annuaire.models import Nature, Organisation
from maillage.confirmer.models import Participation
from maillage.ingenieries.models import Ingenierie
from tests.comptes import connecte
from tests.fabriques import agent, mission, operateur


@pytest.fixture
def dossier() -> Ingenierie:
    return mission(operateur(), titre="Associations et entreprises")


@pytest.fixture
def agente(dossier: Ingenierie) -> Any:
    return agent(dossier.operateur)


@pytest.fixture
def page(agente: Any) -> Client:
    return connecte(agente)


@pytest.fixture
def retenues(dossier: Ingenierie) -> Callable[[int], list[Participation]]:
    """Des structures retenues pour la mission."""

    def creer(nombre: int) -> list[Participation]:
        structures = Organisation.objects.bulk_create(
            Organisation(nom=f"Association {n:03}", natures=[Nature.STRUCTURE])
            for n in range(nombre)
        )
        return Participation.objects.bulk_create(
            Participation(ingenierie=dossier, structure=s, palier="retenue", atteint="retenue")
            for s in structures
        )

    return creer
