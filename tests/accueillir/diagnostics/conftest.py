"""Un diagnostic du Théâtre du Pont, et la chargée qui l'écrit."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from maillage.accueillir.models import EtatVolet, Volet
from maillage.annuaire.models import Organisation
from maillage.socle.models import Utilisateur
from tests.accueillir.fabriques import structure_accueillie
from tests.comptes import connecte
from tests.fabriques import agent


@pytest.fixture
def charge(dla: Organisation) -> Utilisateur:
    return agent(dla)


@pytest.fixture
def structure(dla: Organisation) -> Organisation:
    return structure_accueillie(dla, nom="Théâtre du Pont")


@pytest.fixture
def client(charge: Utilisateur) -> Client:
    return connecte(charge)


def url(nom: str, *cles: Any) -> str:
    return reverse(f"accueillir:{nom}", args=cles)


def ecrire(client: Client, volet: Volet, **saisie: Any) -> Any:
    volet.refresh_from_db()
    donnees = {"version": volet.version, "etat": EtatVolet.A_POURSUIVRE, **saisie}
    return client.post(url("domaine", volet.diagnostic_id, volet.domaine), donnees)
