"""Le cas du Doubs, chargé comme la démonstration le charge."""

from __future__ import annotations

import re

import pytest

from maillage.annuaire.models import Organisation
from maillage.capitaliser.cas import dossier_des_cas, fichiers, importer
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Utilisateur
from maillage.territoires.models import Territoire
from tests.fabriques import agent, departement

DOUBS = dossier_des_cas() / "doubs-2010-partenariats-entreprises.yaml"


CITES = re.compile(r"'(region|departement|epci|commune|pays):(\w+)'")


@pytest.fixture
def carte(db: None) -> None:
    """Les territoires que citent les cas, et eux seuls."""
    for chemin in fichiers():
        for niveau, code in CITES.findall(chemin.read_text(encoding="utf-8")):
            Territoire.objects.get_or_create(niveau=niveau, code=code, defaults={"nom": code})
    departement("25", "Doubs")


@pytest.fixture
def doubs(carte: None) -> Ingenierie:
    """La mission du Doubs, sa fiche publiée."""
    mission = importer(DOUBS).mission
    return Ingenierie.objects.select_related("operateur").get(pk=mission.pk)


@pytest.fixture
def charge(doubs: Ingenierie) -> Utilisateur:
    """Une personne du DLA du Doubs."""
    return agent(Organisation.objects.get(nom="DLA du Doubs"))
