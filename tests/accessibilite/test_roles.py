"""Dix pages, pour chaque rôle : ouvertes, refusées ou absentes, toutes se lisent."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.accessibilite.conftest import Examen
from tests.droits.attentes import MATRICE
from tests.droits.monde import Monde

ROLES = (
    "charge",
    "responsable",
    "regional",
    "ressources",
    "national",
    "comite",
    "partenaire",
    "prestataire",
    "structure",
    "animateur",
    "administrateur",
)
PAGES = (
    "piloter:aujourdhui",
    "piloter:bilan",
    "piloter:recherche",
    "annuaire:structures",
    "annuaire:fiche",
    "identifier:signaux",
    "ingenieries:liste",
    "ingenieries:demarche",
    "engager:comites",
    "capitaliser:bibliotheque",
    "capitaliser:publiee",
)


@pytest.mark.parametrize("role", ROLES)
def test_dix_pages_pour_chaque_role(role: str, monde: Monde, examen: Examen) -> None:
    for page in PAGES:
        examen.ouvrir(monde.comptes[role], reverse(page, args=MATRICE[page].cles(monde)))
    examen.conclure()
