"""Saisir les chiffres annuels d'une structure."""

from __future__ import annotations

import threading
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from maillage.annuaire import operations
from maillage.annuaire.models import ChiffresAnnuels, Organisation
from maillage.socle.models import Utilisateur
from tests.annuaire.conftest import lu
from tests.comptes import connecte
from tests.simultane import ensemble

pytestmark = pytest.mark.django_db


def chiffrer(client: Client, objet: Organisation, **champs: Any) -> Any:
    adresse = reverse("annuaire:chiffres_ajouter", args=[objet.pk])
    return client.post(adresse, {"annee": "2010", **champs})


def test_saisir_ce_que_l_on_sait_comme_on_le_sait(
    client_du_dla: Client, theatre: Organisation
) -> None:
    reponse = chiffrer(client_du_dla, theatre, budget="environ 43 200", emplois="3", etp="2,5")

    ligne = theatre.chiffres.get()
    assert reponse.status_code == 302
    assert str(ligne.budget).replace("\u202f", " ").startswith("environ 43 200")
    assert not ligne.benevoles.connue
    assert ligne.etp_valeur == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("annee", "mille"),
        ("annee", "3010"),
        ("budget", "beaucoup"),
        ("budget", "-5"),
        ("emplois", "2,5"),
        ("adherents", "9" * 40),
    ],
)
def test_un_chiffre_mal_ecrit_se_repare(
    client_du_dla: Client, theatre: Organisation, champ: str, valeur: str
) -> None:
    reponse = chiffrer(client_du_dla, theatre, **{champ: valeur})

    assert reponse.status_code == 422
    assert champ in reponse.context["formulaire"].errors
    assert valeur in reponse.content.decode()
    assert not theatre.chiffres.exists()


def test_une_annee_deja_saisie_le_dit(client_du_dla: Client, theatre: Organisation) -> None:
    chiffrer(client_du_dla, theatre)

    assert "déjà saisis" in lu(chiffrer(client_du_dla, theatre))


def test_corriger_une_annee_et_son_conflit(client_du_dla: Client, theatre: Organisation) -> None:
    chiffrer(client_du_dla, theatre, budget="10")
    adresse = reverse("annuaire:chiffres_modifier", args=[theatre.pk, 2010])

    assert "10" in lu(client_du_dla.get(adresse))
    corrige = client_du_dla.post(adresse, {"annee": "2010", "budget": "20", "version": "1"})
    conflit = client_du_dla.post(adresse, {"annee": "2010", "budget": "30", "version": "1"})

    assert corrige.status_code == 302
    assert conflit.status_code == 422
    assert theatre.chiffres.get().budget_valeur == 20


def test_une_annee_absente_n_existe_pas(client_du_dla: Client, theatre: Organisation) -> None:
    adresse = reverse("annuaire:chiffres_modifier", args=[theatre.pk, 1999])

    assert client_du_dla.get(adresse).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_de_deux_saisies_simultanees_la_seconde_le_dit_au_formulaire(
    monkeypatch: pytest.MonkeyPatch, charge: Utilisateur, theatre: Organisation
) -> None:
    """Les deux formulaires sont vérifiés avant que l'un des deux n'écrive."""
    vraie, depart, passages = operations.enregistrer_chiffres, threading.Barrier(2), count()

    def a_deux(*objets: Any, **options: Any) -> Any:
        if next(passages) < 2:
            depart.wait(10)
        return vraie(*objets, **options)

    monkeypatch.setattr(operations, "enregistrer_chiffres", a_deux)
    adresse = reverse("annuaire:chiffres_ajouter", args=[theatre.pk])
    issues: list[Any] = []

    def envoyer() -> None:
        issues.append(connecte(charge).post(adresse, {"annee": 2020, "budget": "5"}))

    ensemble(envoyer, envoyer)
    assert sorted(r.status_code for r in issues) == [302, 422]
    refusee = next(r for r in issues if r.status_code == 422)
    assert "déjà saisis" in lu(refusee)
    assert ChiffresAnnuels.objects.filter(annee=2020).count() == 1
