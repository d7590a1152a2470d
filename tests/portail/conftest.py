"""Une structure suivie, son contact sans compte, et l'agent qui lui remet son lien."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from maillage.annuaire.models import Organisation, Personne, Rattachement, Role
from maillage.portail.models import PagePersonnelle, Remise
from maillage.portail.operations import remettre
from maillage.socle.models import Utilisateur
from tests.fabriques import agent, commune, departement, operateur, organisation

EN_MAIN = "en main propre, le 3 mars"


def contact_de(structure: Organisation, **champs: Any) -> Personne:
    """Un contact sans compte."""
    personne = Personne.objects.create(**{"nom": "Diallo", "prenom": "Ada", **champs})
    Rattachement.objects.create(personne=personne, organisation=structure, role=Role.STRUCTURE)
    return personne


@dataclass
class Chez:
    """Ce que le portail met en présence."""

    dla: Organisation
    structure: Organisation
    agent: Utilisateur
    contact: Personne

    def lien(
        self, contact: Personne | None = None, remise: Remise = Remise.COURRIEL, preuve: str = ""
    ) -> tuple[PagePersonnelle, str]:
        return remettre(
            contact or self.contact, self.structure, remise=remise, preuve=preuve, par=self.agent
        )

    def lien_copie(self) -> str:
        """Le jeton d'un lien que l'agent a copié."""
        return self.lien(remise=Remise.MAIN, preuve=EN_MAIN)[1]

    def entrer(self, client: Client | None = None, jeton: str = "") -> Client:
        """Un navigateur qui a passé la porte."""
        client = client or Client()
        jeton = jeton or self.lien()[1]
        assert client.post(reverse("portail:porte", args=[jeton])).status_code == 302
        return client


@pytest.fixture
def chez(db: None) -> Chez:
    dla = operateur()
    structure = organisation(
        commune=commune(dans=departement()), operateur=dla, nom="L’Atelier", secteur="culture"
    )
    contact = contact_de(structure, courriel="ada@exemple.fr", fonction="présidente")
    return Chez(dla, structure, agent(dla), contact)
