"""Le pays de poche, les organisations du Doubs et d'ailleurs, une personne par rôle."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from maillage.annuaire.models import Nature, Organisation, Role
from maillage.socle.models import Utilisateur
from maillage.territoires.chargement import charger
from maillage.territoires.models import Territoire
from tests.comptes import connecte
from tests.fabriques import agent, organisation
from tests.territoires.extrait import ecrire


class Lieux:
    """Les territoires du pays de poche, par leur code : `lieux["25056"]`, `lieux["d25"]`."""

    NIVEAUX = {"d": "departement", "r": "region", "p": "pays"}

    def __getitem__(self, code: str) -> Territoire:
        niveau = self.NIVEAUX.get(code[0])
        if niveau:
            return Territoire.objects.de(niveau, code[1:])
        return Territoire.objects.de("commune", code)


@pytest.fixture
def lieux(db: None, tmp_path: Path) -> Lieux:
    charger(dossier=ecrire(tmp_path))
    return Lieux()


@pytest.fixture
def doubs(lieux: Lieux) -> Organisation:
    """Le DLA du Doubs."""
    return organisation(Nature.OPERATEUR, nom="DLA du Doubs", territoires=[lieux["d25"]])


@pytest.fixture
def gironde(lieux: Lieux) -> Organisation:
    """Le DLA de la Gironde, qui ne partage rien avec celui du Doubs."""
    return organisation(Nature.OPERATEUR, nom="DLA de la Gironde", territoires=[lieux["d33"]])


@pytest.fixture
def theatre(lieux: Lieux, doubs: Organisation) -> Organisation:
    """Une structure de Besançon que suit le DLA du Doubs."""
    return organisation(
        nom="Théâtre du Pont Neuf", commune=lieux["25056"], secteur="culture", operateur=doubs
    )


@pytest.fixture
def fondation(lieux: Lieux) -> Organisation:
    """Un financeur, de l'annuaire partagé."""
    return organisation(Nature.FINANCEUR, nom="Fondation des Deux Vallées", commune=lieux["33063"])


@pytest.fixture
def charge(doubs: Organisation) -> Utilisateur:
    """Chargé·e d'accompagnement du Doubs."""
    return agent(doubs)


@pytest.fixture
def client_du_dla(charge: Utilisateur) -> Client:
    return connecte(charge)


@pytest.fixture
def responsable(doubs: Organisation) -> Utilisateur:
    return agent(doubs, Role.RESPONSABLE)


@pytest.fixture
def charge_ailleurs(gironde: Organisation) -> Utilisateur:
    return agent(gironde)


@pytest.fixture
def administrateur(lieux: Lieux) -> Utilisateur:
    tenante = organisation(Nature.NATIONAL, nom="Qui tient l'instance")
    return agent(tenante, Role.ADMINISTRATEUR)


def relu(utilisateur: Utilisateur) -> Utilisateur:
    """Le même compte à la requête suivante : son périmètre n'est pas encore calculé."""
    return Utilisateur.objects.get(pk=utilisateur.pk)


def lu(reponse: Any) -> str:
    """Le texte de la page, espaces ordinaires."""
    return re.sub(r"[\u00a0\u202f]", " ", reponse.content.decode())


def saisie(**champs: Any) -> dict[str, Any]:
    """Une fiche de structure bien remplie, à altérer."""
    return {"nom": "Atelier vélo", "natures": ["structure"], "nom_publie": "on", **champs}
