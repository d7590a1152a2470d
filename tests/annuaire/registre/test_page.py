"""La page du registre : déposer un fichier, suivre son import, lire le rapport."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from maillage.annuaire.models import AssociationRNA, ImportDeRegistre, Nature, Registre, Role
from maillage.annuaire.registre.importer.execution import importer
from maillage.annuaire.registre.importer.ouverture import ouvrir
from maillage.annuaire.registre.importer.travail import TACHE
from maillage.socle.models import Travail
from maillage.socle.travaux.execution import executer
from tests.annuaire.registre.importer.fichiers import ASSOCIATION, associations, deposer, tableau
from tests.comptes import connecte
from tests.fabriques import agent, organisation

ADRESSE = "/registre/"


@pytest.fixture
def admin(db: None) -> Client:
    compte = agent(organisation(Nature.NATIONAL), Role.ADMINISTRATEUR)
    return connecte(compte)


@pytest.fixture(autouse=True)
def dossier(settings: Any, tmp_path: Path) -> Path:
    settings.DOSSIER_REGISTRE = tmp_path
    return tmp_path


def faire_le_travail() -> Travail:
    travail = Travail.objects.get()
    executer(str(travail.pk))
    travail.refresh_from_db()
    return travail


@pytest.mark.django_db(transaction=True)
def test_un_fichier_envoye_est_importe_puis_oublie(admin: Client, dossier: Path) -> None:
    envoi = SimpleUploadedFile("rna.csv", tableau(associations(3)))
    assert admin.post(ADRESSE, {"registre": "rna", "fichier": envoi}).status_code == 302
    travail = faire_le_travail()
    assert travail.message == "3\xa0lignes : 3\xa0ajoutées."
    assert AssociationRNA.objects.count() == 3
    assert not list((dossier / "recus").iterdir())
    assert "3\xa0ajoutées" in admin.get(ADRESSE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_un_fichier_pose_sur_le_serveur_y_reste(admin: Client, dossier: Path) -> None:
    pose = deposer(dossier, tableau([ASSOCIATION]), "rna.csv")
    assert "rna.csv" in admin.get(ADRESSE).content.decode()
    admin.post(ADRESSE, {"registre": "rna", "sur_le_serveur": "rna.csv"})
    faire_le_travail()
    assert AssociationRNA.objects.count() == 1
    assert pose.exists()


@pytest.mark.django_db(transaction=True)
def test_un_fichier_mal_forme_le_dit_sans_rien_ecrire(admin: Client) -> None:
    envoi = SimpleUploadedFile("rna.csv", b"nom;adresse\nA;B\n")
    admin.post(ADRESSE, {"registre": "rna", "fichier": envoi})
    travail = faire_le_travail()
    assert travail.etat == "echoue"
    assert "il manque" in travail.message
    assert not ImportDeRegistre.objects.exists()
    assert "il manque" in admin.get(ADRESSE).content.decode()
    assert "il manque" in admin.get(ADRESSE, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_un_import_reussi_efface_le_refus_d_avant(admin: Client) -> None:
    Travail.objects.create(libelle="Importer mal.csv", tache=TACHE, etat="echoue", message="vide")
    assert "Importer mal.csv" in admin.get(ADRESSE).content.decode()
    ImportDeRegistre.objects.create(registre="rna", nom="bon.csv", empreinte="1", etat="fini")
    assert "Importer mal.csv" not in admin.get(ADRESSE).content.decode()


def test_le_dernier_import_acheve_met_toute_la_page_a_jour(admin: Client) -> None:
    ImportDeRegistre.objects.create(registre="rna", nom="fini.csv", empreinte="1", etat="fini")
    partie = admin.get(ADRESSE, headers={"HX-Request": "true"}).content.decode()
    assert partie.count('hx-swap-oob="true"') == 2
    assert "fini.csv" in partie
    Travail.objects.create(libelle="Importer", tache=TACHE, etat="en_cours")
    partie = admin.get(ADRESSE, headers={"HX-Request": "true"}).content.decode()
    assert "hx-swap-oob" not in partie


@pytest.mark.parametrize("donnees", [{}, {"sur_le_serveur": "../secret.csv"}])
def test_sans_fichier_on_dit_lequel_donner(donnees: dict[str, str], admin: Client) -> None:
    reponse = admin.post(ADRESSE, {"registre": "rna", **donnees})
    assert reponse.status_code == 422
    assert "Choisissez un fichier" in reponse.content.decode()
    assert not Travail.objects.exists()


def test_le_rapport_se_telecharge_sans_formule(admin: Client, dossier: Path) -> None:
    lignes = [*associations(3), {**ASSOCIATION, "id": "=2+2"}]
    importation = ouvrir(deposer(dossier, tableau(lignes)), Registre.RNA)
    importer(importation, conclure=False)
    reponse = admin.get(reverse("annuaire:registre_constats", args=[importation.pk]))
    texte = b"".join(reponse).decode("utf-8-sig")
    assert "le numéro n’est pas un numéro du RNA" in texte
    assert ";=2+2" not in texte


def test_un_import_en_cours_montre_sa_barre(admin: Client) -> None:
    Travail.objects.create(
        libelle="Importer", tache=TACHE, etat="en_cours", fait=640_000, total=2_000_001
    )
    partie = admin.get(ADRESSE, headers={"HX-Request": "true"}).content.decode()
    assert '<progress value="640000" max="2000001"' in " ".join(partie.split())
    assert "<html" not in partie


def test_la_page_coute_peu(
    admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ImportDeRegistre.objects.bulk_create(
        ImportDeRegistre(registre="rna", nom=f"{n}.csv", empreinte=str(n), etat="fini")
        for n in range(40)
    )
    with django_assert_max_num_queries(12):
        admin.get(ADRESSE)
