"""Ajouter un élément unique que quelqu'un d'autre vient d'ajouter : rien ne se perd."""

from __future__ import annotations

import pytest
from django.urls import reverse

from maillage.confirmer.models import ProjetDIntervention
from tests.comptes import connecte
from tests.fabriques import agent, mission

pytestmark = pytest.mark.django_db


def test_un_ajout_devance_garde_la_saisie_puis_s_enregistre() -> None:
    m = mission()
    client = connecte(agent(m.operateur))
    deja = ProjetDIntervention.objects.create(ingenierie=m, lieu="Dole")
    ajouter = reverse("confirmer:projet_ajouter", args=[m.pk])
    assert client.get(ajouter)["Location"] == reverse(
        "confirmer:projet_modifier", args=[m.pk, deja.pk]
    )

    reponse = client.post(ajouter, {"lieu": "Besançon", "version": 1})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Quelqu’un d’autre a enregistré" in page
    assert 'value="Besançon"' in page
    deja.refresh_from_db()
    assert deja.lieu == "Dole"

    modifier = reverse("confirmer:projet_modifier", args=[m.pk, deja.pk])
    assert f'action="{modifier}"' in page
    assert client.post(modifier, {"lieu": "Besançon", "version": 1}).status_code == 302
    deja.refresh_from_db()
    assert deja.lieu == "Besançon"
