"""Le DLA du Doubs et une structure qu'il accompagne."""

from __future__ import annotations

import pytest

from maillage.annuaire.models import Organisation
from tests.fabriques import commune, departement, operateur, organisation


@pytest.fixture
def dla() -> Organisation:
    return operateur()


@pytest.fixture
def structure(dla: Organisation) -> Organisation:
    return organisation(commune=commune(dans=departement()), operateur=dla, nom="L’Atelier")
