"""Comparer une fiche au registre : des différences proposées, jamais écrites d'elles-mêmes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from maillage.annuaire.models import AssociationRNA, Etablissement, Organisation, UniteLegale
from maillage.annuaire.registre.rapprochement import rapprocher
from maillage.socle.models import Acte, Utilisateur
from tests.annuaire.conftest import Lieux
from tests.comptes import connecte
from tests.fabriques import organisation


@pytest.fixture
def fiche(theatre: Organisation) -> Organisation:
    theatre.rna = "W251000001"
    theatre.save()
    return theatre


def au_rna(lieux: Lieux, **champs: Any) -> AssociationRNA:
    defauts = {
        "numero": "W251000001",
        "nom": "THEATRE DU PONT-NEUF",
        "commune": lieux["25056"],
        "siren": "356000000",
        "creee_le": date(1998, 3, 2),
    }
    return AssociationRNA.objects.create(**defauts | champs)


def a_sirene(lieux: Lieux) -> UniteLegale:
    Etablissement.objects.create(
        siret="35600000000048", siren="356000000", siege=True, commune=lieux["25056"]
    )
    return UniteLegale.objects.create(
        siren="356000000",
        nom="Théâtre du Pont Neuf",
        siege="35600000000048",
        categorie_juridique="9220",
    )


def dites(fiche: Organisation) -> set[tuple[str, str, str]]:
    return {(d.champ, d.source, d.registre) for d in rapprocher(fiche).differences}


def test_la_casse_et_les_accents_ne_sont_pas_des_differences(
    fiche: Organisation, lieux: Lieux
) -> None:
    au_rna(lieux, siren="", creee_le=None)
    assert dites(fiche) == set()
    assert rapprocher(fiche).lus == ["RNA W251000001"]


def test_le_rna_puis_sirene_par_le_numero(
    fiche: Organisation, lieux: Lieux, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    au_rna(lieux)
    a_sirene(lieux)
    with django_assert_num_queries(1):
        trouve = rapprocher(fiche)
    assert {(d.champ, d.source, d.registre) for d in trouve.differences} == {
        ("creee_en", "RNA", "1998"),
        ("siren", "RNA", "356000000"),
        ("siret", "SIRENE", "35600000000048"),
        ("categorie_juridique", "SIRENE", "Association déclarée"),
    }
    assert len(trouve.lus) == 2


def test_une_dissolution_se_dit(fiche: Organisation, lieux: Lieux) -> None:
    au_rna(lieux, etat="dissoute", dissoute_le=date(2024, 5, 6))
    assert rapprocher(fiche).fermeture == "Le RNA la dit dissoute le 6 mai 2024."


def test_un_siren_que_deux_associations_portent_ne_lie_pas(lieux: Lieux) -> None:
    au_rna(lieux)
    au_rna(lieux, numero="W251000002")
    assert rapprocher(organisation(siren="356000000")).lus == []


def test_le_meme_nom_dans_la_meme_commune_se_propose(theatre: Organisation, lieux: Lieux) -> None:
    au_rna(lieux)
    a_sirene(lieux)
    trouve = rapprocher(theatre)
    assert trouve.lus == []
    assert trouve.differences == []
    assert {(p.champ, p.brute) for p in trouve.probables} == {
        ("rna", "W251000001"),
        ("siren", "356000000"),
    }
    assert all("même commune" in p.phrase for p in trouve.probables)


def test_on_reprend_ce_que_l_on_choisit(
    fiche: Organisation, lieux: Lieux, charge: Utilisateur
) -> None:
    au_rna(lieux, nom="COMPAGNIE DU PONT")
    adresse = reverse("annuaire:comparer", args=[fiche.pk])
    client: Client = connecte(charge)
    assert "COMPAGNIE DU PONT" in client.get(adresse).content.decode()
    assert client.post(adresse, {"version": 1, "creee_en-rna": "reprendre"}).status_code == 302
    fiche.refresh_from_db()
    assert (fiche.nom, fiche.creee_en) == ("Théâtre du Pont Neuf", 1998)
    assert "créée en (RNA)" in Acte.objects.sur(fiche).latest("quand").phrase


@pytest.mark.parametrize(
    ("donnees", "phrase"),
    [
        ({"version": 1}, "au moins une"),
        ({"version": 9, "creee_en-rna": "reprendre"}, "modifiée entre-temps"),
    ],
)
def test_un_envoi_refuse_ne_change_rien(
    donnees: dict[str, Any], phrase: str, fiche: Organisation, lieux: Lieux, charge: Utilisateur
) -> None:
    au_rna(lieux)
    reponse = connecte(charge).post(reverse("annuaire:comparer", args=[fiche.pk]), donnees)
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode()
    fiche.refresh_from_db()
    assert fiche.creee_en is None


def test_un_numero_d_une_autre_fiche_se_refuse(
    theatre: Organisation, lieux: Lieux, charge: Utilisateur
) -> None:
    organisation(rna="W251000001")
    au_rna(lieux)
    reponse = connecte(charge).post(
        reverse("annuaire:comparer", args=[theatre.pk]),
        {"version": 1, "rna-rna-W251000001": "reprendre"},
    )
    assert reponse.status_code == 422
    assert "porte déjà ce RNA" in reponse.content.decode()


def test_la_fiche_dit_la_fermeture_dans_son_budget(
    fiche: Organisation,
    lieux: Lieux,
    charge: Utilisateur,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    au_rna(lieux, etat="dissoute", dissoute_le=date(2024, 5, 6))
    client = connecte(charge)
    with django_assert_max_num_queries(12):
        page = client.get(fiche.get_absolute_url()).content.decode()
    assert page.count("Le RNA la dit dissoute le 6 mai 2024.") == 1
