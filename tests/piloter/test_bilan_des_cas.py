"""Le bilan des cas publiés : les chiffres que leurs sources donnent ensemble."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.capitaliser.cas import fichiers, importer
from maillage.ingenieries.models import Ingenierie
from maillage.piloter.bilan.lecture import TOUTES, lire
from maillage.socle.quantites import Precision
from tests.capitaliser.conftest import carte

__all__ = ["carte"]

pytestmark = pytest.mark.django_db


def charger(cas: list[Path]) -> None:
    for chemin in cas:
        importer(chemin)


def test_les_six_cas_de_s3_font_156_structures_43_200_euros_et_40_jours() -> None:
    s3 = [chemin for chemin in fichiers() if chemin.name.startswith("s3-")]
    assert len(s3) == 6
    charger(s3)
    for missions in (None, [Ingenierie.objects.all()]):
        e = lire(missions, TOUTES).ensemble
        assert (e.missions, e.structures.valeur, e.structures.inconnues) == (6, 156, 0)
        assert (e.cout.valeur, e.cout.connues, e.cout.inconnues) == (43_200, 6, 0)
        assert (e.jours.valeur, e.jours.connues, e.jours.inconnues) == (40, 6, 0)
        assert e.cout.precision == Precision.EXACT


@pytest.mark.usefixtures("carte")
def test_avec_les_autres_les_euros_ne_sont_connus_que_d_une_minorite() -> None:
    charger(list(fichiers()))
    e = lire(None, TOUTES).ensemble
    assert e.missions + e.abandonnees == Ingenierie.objects.count()
    assert 0 < e.cout.connues < e.cout.inconnues
