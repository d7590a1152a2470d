"""Le pays de poche, chargé par le vrai chargement."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.territoires.chargement import Bilan, charger
from tests.territoires.extrait import ecrire


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return ecrire(tmp_path)


@pytest.fixture
def pays(db: None, dossier: Path) -> Bilan:
    """La géographie de poche en base."""
    return charger(dossier=dossier)
