"""Ce que partagent les tests du socle : des comptes, et un sujet d'essai."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from maillage.socle import sujets
from maillage.socle.droits import Decision, permis, refuse
from maillage.socle.models import Travail, Utilisateur

HORS_PERIMETRE = "hors périmètre"


@pytest.fixture
def compte(db: None) -> Callable[..., Utilisateur]:
    def creer(nom: str, **champs: object) -> Utilisateur:
        return Utilisateur.objects.create(
            courriel=f"{nom.lower()}@exemple.fr", nom_affiche=nom, **champs
        )

    return creer


@pytest.fixture
def agent(compte: Callable[..., Utilisateur]) -> Utilisateur:
    """Modifie le dossier d'essai et en lit l'interne."""
    return compte("Agent")


@pytest.fixture
def partenaire(compte: Callable[..., Utilisateur]) -> Utilisateur:
    """Voit le dossier d'essai, sans plus."""
    return compte("Partenaire")


@pytest.fixture
def etranger(compte: Callable[..., Utilisateur]) -> Utilisateur:
    """Ne voit aucun dossier d'essai."""
    return compte("Etranger")


@pytest.fixture
def dossier(
    agent: Utilisateur, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> Travail:
    """Un sujet d'essai : l'agent y travaille, le partenaire le voit, l'étranger non."""

    def peut_agir(utilisateur: Utilisateur, objet: Travail) -> Decision:
        if objet.demande_par_id == utilisateur.pk:
            return permis("Vous conduisez ce dossier.")
        return refuse("Vous suivez ce dossier sans le conduire.", "Adressez-vous à Agent.")

    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(sujets, "_INSCRITS", {})
    sujets.inscrire(
        Travail,
        visibles_par=lambda u: (
            Travail.objects.none() if u.nom_affiche == "Etranger" else Travail.objects.all()
        ),
        peut_voir=lambda _utilisateur, _objet: permis("Ce dossier est dans votre périmètre."),
        peut_modifier=peut_agir,
        peut_voir_interne=peut_agir,
    )
    return Travail.objects.create(libelle="Mission <b>Doubs</b>", tache="", demande_par=agent)


@pytest.fixture
def vu_par(dossier: Travail) -> Callable[[Utilisateur], sujets.Sujet]:
    return lambda utilisateur: sujets.sujet("socle.travail", dossier.pk, utilisateur)


@pytest.fixture
def page(client: Client) -> Callable[[Utilisateur], Client]:
    """Un navigateur où cette personne est connectée."""

    def ouvrir(utilisateur: Utilisateur) -> Client:
        client.force_login(
            utilisateur, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return ouvrir


@pytest.fixture
def cout(page: Callable[[Utilisateur], Client], agent: Utilisateur) -> Callable[[str], int]:
    """Le nombre de requêtes SQL d'une page ouverte par l'agent ; jamais plus de douze."""
    navigateur = page(agent)

    def compter(adresse: str) -> int:
        with CaptureQueriesContext(connection) as requetes:
            assert navigateur.get(adresse).status_code == 200
        assert len(requetes) <= 12
        return len(requetes)

    return compter
