"""Le DLA du Doubs, une agente, deux communes."""

from __future__ import annotations

import pytest

from maillage.annuaire.models import Organisation
from maillage.socle.models import Utilisateur
from maillage.territoires.models import Territoire
from tests.fabriques import agent, commune, departement, operateur


@pytest.fixture
def dla(db: None) -> Organisation:
    return operateur()


@pytest.fixture
def agente(dla: Organisation) -> Utilisateur:
    return agent(dla)


@pytest.fixture
def besancon(db: None) -> Territoire:
    return _situee(commune(dans=departement()), 6.02, 47.24)


@pytest.fixture
def pontarlier(db: None) -> Territoire:
    return _situee(commune("25462", "Pontarlier", dans=departement()), 6.36, 46.91)


def _situee(lieu: Territoire, longitude: float, latitude: float) -> Territoire:
    lieu.longitude, lieu.latitude = longitude, latitude
    lieu.save()
    return lieu
