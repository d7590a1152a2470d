"""Une mission du Doubs, son agente, des structures et des prestataires."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from maillage.annuaire.models import Nature, Organisation, Role
from maillage.confirmer.models import Participation
from maillage.ingenieries.models import Ingenierie
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, mission, operateur, organisation


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
def structures() -> Callable[[int], list[Organisation]]:
    """Des structures de Besançon, dans le périmètre de l'agente."""

    def creer(nombre: int) -> list[Organisation]:
        doubs = departement()
        besancon = doubs.__class__.objects.filter(code="25056").first() or commune(dans=doubs)
        return Organisation.objects.bulk_create(
            Organisation(nom=f"Association {n:03}", natures=[Nature.STRUCTURE], commune=besancon)
            for n in range(nombre)
        )

    return creer


@pytest.fixture
def mobilisees(
    dossier: Ingenierie, structures: Callable[[int], list[Organisation]]
) -> Callable[..., list[Participation]]:
    """Des structures déjà dans la mobilisation, à un palier donné."""

    def creer(nombre: int, palier: str = "reperee") -> list[Participation]:
        atteint = "interessee" if palier in ("non_retenue", "desistee") else palier
        return Participation.objects.bulk_create(
            Participation(ingenierie=dossier, structure=s, palier=palier, atteint=atteint)
            for s in structures(nombre)
        )

    return creer


@pytest.fixture
def prestataire() -> Organisation:
    return organisation(Nature.PRESTATAIRE, nom="Cabinet Alto")


@pytest.fixture
def consultant(prestataire: Organisation) -> Any:
    return agent(prestataire, Role.PRESTATAIRE)
