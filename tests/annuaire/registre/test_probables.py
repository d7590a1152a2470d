"""La liste des liens probables : proposés à qui suit la structure, jamais supposés."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from maillage.annuaire.models import AssociationRNA, Organisation
from maillage.annuaire.registre.probables import a_rapprocher, avec_leurs_lignes
from maillage.annuaire.registre.rapprochement import rapprocher
from maillage.socle.models import Utilisateur
from tests.annuaire.conftest import Lieux
from tests.annuaire.recherche.fabriques import association, unite
from tests.comptes import connecte
from tests.fabriques import organisation

pytestmark = pytest.mark.django_db
ADRESSE = "/registre/liens/"


def suivie(nom: str, chez: Organisation, lieux: Lieux, **champs: Any) -> Organisation:
    return organisation(nom=nom, operateur=chez, commune=lieux["25056"], **champs)


def test_le_meme_nom_dans_la_meme_commune_se_propose(
    charge: Utilisateur, doubs: Organisation, lieux: Lieux
) -> None:
    jardins = suivie("Les Jardins", doubs, lieux)
    suivie("Autre nom", doubs, lieux)
    suivie("Déjà liée", doubs, lieux, rna="W251000009", siren="356000000")
    association("W251000001", "LES JARDINS", lieux["25056"])
    association("W251000008", "DEJA LIEE", lieux["25056"])
    association("W331000001", "AUTRE NOM", lieux["33063"])
    unite("356000000", "LES JARDINS", lieux["25056"])
    ((fiche, lignes),) = avec_leurs_lignes(list(a_rapprocher(charge).select_related("commune")))
    assert fiche == jardins
    assert [(ligne.registre, ligne.numero) for ligne in lignes] == [
        ("RNA", "W251000001"),
        ("SIRENE", "356000000"),
    ]
    assert {d.brute for d in rapprocher(jardins).probables} == {"W251000001", "356000000"}
    jardins.refresh_from_db()
    assert jardins.rna == jardins.siren == ""


def test_la_page_mene_a_la_comparaison_et_le_choix_la_vide(
    charge: Utilisateur, doubs: Organisation, lieux: Lieux
) -> None:
    jardins = suivie("Les Jardins", doubs, lieux)
    association("W251000001", "LES JARDINS", lieux["25056"])
    client = connecte(charge)
    comparer = reverse("annuaire:comparer", args=[jardins.pk])
    assert comparer in client.get(ADRESSE).content.decode()
    envoi = {"version": jardins.version, "rna-rna-W251000001": "reprendre"}
    assert client.post(comparer, envoi).status_code == 302
    assert "Rien à rapprocher" in client.get(ADRESSE).content.decode()


def test_sans_registre_la_page_le_dit(charge: Utilisateur) -> None:
    assert not AssociationRNA.objects.exists()
    assert "n’est pas chargé ici" in connecte(charge).get(ADRESSE).content.decode()


def test_la_page_coute_autant_a_une_ligne_qu_a_vingt(
    charge: Utilisateur,
    doubs: Organisation,
    lieux: Lieux,
    django_assert_max_num_queries: Any,
) -> None:
    client, comptes = connecte(charge), []
    for debut, fin in ((0, 1), (1, 20)):
        for rang in range(debut, fin):
            suivie(f"Jardin {rang}", doubs, lieux)
            association(f"W2510001{rang:02}", f"JARDIN {rang}", lieux["25056"])
        with django_assert_max_num_queries(12) as faites:
            client.get(ADRESSE)
        comptes.append(len(faites))
    assert comptes[0] == comptes[1]
