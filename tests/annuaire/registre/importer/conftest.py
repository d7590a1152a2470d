"""Un découpage réduit : Besançon, Paris et son 14e, une commune fusionnée."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from maillage.annuaire.models import ImportDeRegistre, Registre
from maillage.annuaire.registre.importer.execution import importer
from maillage.annuaire.registre.importer.ouverture import ouvrir
from maillage.territoires.models import AncienCode, Territoire
from tests.fabriques import commune, departement

Import = Callable[..., ImportDeRegistre]


@pytest.fixture
def besancon(db: None) -> Territoire:
    return commune(dans=departement())


@pytest.fixture
def paris(db: None) -> Territoire:
    paris = commune("75056", "Paris", dans=departement("75", "Paris"))
    AncienCode.objects.create(
        code="75114", nom="Paris 14e Arrondissement", nom_normalise="", territoire=paris
    )
    return paris


@pytest.fixture
def importe(db: None, besancon: Territoire) -> Import:
    """Importe un fichier et rend son compte."""

    def importe_(chemin: Path, registre: Registre = Registre.RNA) -> ImportDeRegistre:
        importation = ouvrir(chemin, registre)
        importer(importation, conclure=False)
        importation.refresh_from_db()
        return importation

    return importe_
