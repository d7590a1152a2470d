"""La page de santé dit ce qui manque, sans connexion et sans rien révéler."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_sans_travailleur_l_instance_sert(client: Client) -> None:
    reponse = client.get("/sante/")
    assert reponse.status_code == 200
    assert reponse.json() == {"base": "ok", "migrations": "ok", "travail": "aucun travailleur"}
