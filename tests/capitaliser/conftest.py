"""Le cas du Doubs, chargé comme la démonstration le charge."""

from __future__ import annotations

import pytest

from maillage.annuaire.models import Organisation
from maillage.capitaliser.cas import charger, dossier_des_cas
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Utilisateur
from maillage.territoires.models import Niveau, Territoire
from tests.fabriques import agent, departement

DOUBS = dossier_des_cas() / "doubs-2010-partenariats-entreprises.yaml"


@pytest.fixture
def region(db: None) -> Territoire:
    """La région que citent les organisations du cas."""
    trouvee, _ = Territoire.objects.get_or_create(
        niveau=Niveau.REGION, code="27", defaults={"nom": "Bourgogne-Franche-Comté"}
    )
    return trouvee


@pytest.fixture
def doubs(region: Territoire) -> Ingenierie:
    """La mission du Doubs, sa fiche publiée."""
    departement("25", "Doubs")
    mission = charger(DOUBS).mission
    return Ingenierie.objects.select_related("operateur").get(pk=mission.pk)


@pytest.fixture
def charge(doubs: Ingenierie) -> Utilisateur:
    """Une personne du DLA du Doubs."""
    return agent(Organisation.objects.get(nom="DLA du Doubs"))
