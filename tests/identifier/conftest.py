"""Le DLA du Doubs, et son agente connectée."""

from __future__ import annotations

import pytest
from django.test import Client

from maillage.annuaire.models import Organisation
from tests.comptes import connecte
from tests.fabriques import agent, operateur


@pytest.fixture
def dla() -> Organisation:
    return operateur()


@pytest.fixture
def client_du_dla(dla: Organisation) -> Client:
    return connecte(agent(dla))
