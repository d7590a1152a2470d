"""Les besoins de l'instance d'essai : quarante structures, codés sur la liste, créés une fois."""

from __future__ import annotations

import pytest
import yaml

from maillage.annuaire.models import Organisation, Personne
from maillage.identifier import choix
from maillage.identifier.demonstration import DONNEES, creer_besoins
from maillage.identifier.models import Signal
from maillage.territoires.models import Territoire
from tests.fabriques import commune, departement, operateur

pytestmark = pytest.mark.django_db

LUS = yaml.safe_load(DONNEES.read_text(encoding="utf-8"))["dla"]


@pytest.fixture(autouse=True)
def ce_que_trouve_la_demonstration() -> None:
    for nom, notes in LUS.items():
        lieu = departement(notes["signaux"][0][1][:2], nom)
        operateur(nom, lieu)
        Personne.objects.create(nom="Essai", prenom="Camille", courriel=notes["par"])
        for code in {ligne[1] for ligne in notes["signaux"]}:
            commune(code, code, dans=Territoire.objects.get(pk=lieu.pk))


def test_quarante_structures_de_deux_departements_une_fois() -> None:
    creer_besoins()
    creer_besoins()
    signaux = Signal.objects.select_related("structure__commune__departement")
    assert signaux.count() == 40
    assert len({s.structure for s in signaux}) == 40
    lieux = {s.structure.commune.departement.code for s in signaux}  # type: ignore[union-attr]
    assert lieux == {"25", "39"}
    assert Organisation.objects.get(nom="Regain Jura").signaux.get().code


def test_tout_est_de_la_liste_et_quelques_uns_attendent() -> None:
    creer_besoins()
    themes, sources = dict(choix.themes()), dict(choix.sources())
    for signal in Signal.objects.all():
        assert set(signal.themes) <= set(themes)
        assert signal.source in {"", *sources}
    assert Signal.objects.non_codes().count() == 4
