"""Comptes : une adresse, une personne ; et ce que le socle pose dans les pages."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from maillage.socle.documents.operations import deposer
from maillage.socle.models import Travail, Utilisateur
from maillage.socle.sujets import sujet_de


@pytest.mark.django_db
def test_une_adresse_ne_fait_qu_un_compte() -> None:
    compte = Utilisateur.objects.create_user("Nadia@Exemple.FR", "un mot de passe")
    assert compte.courriel == "Nadia@exemple.fr"
    assert compte.check_password("un mot de passe")
    assert Utilisateur.objects.get_by_natural_key("nadia@EXEMPLE.fr") == compte
    with pytest.raises(IntegrityError), transaction.atomic():
        Utilisateur.objects.create_user("nadia@exemple.fr")
    with pytest.raises(ValidationError, match="Un compte existe déjà"):
        Utilisateur(courriel="NADIA@exemple.fr", password="x").full_clean()


@pytest.mark.django_db
def test_un_compte_a_besoin_d_une_adresse() -> None:
    with pytest.raises(ValueError, match="adresse"):
        Utilisateur.objects.create_user("")


@pytest.mark.django_db
def test_qui_administre_est_dit() -> None:
    compte = Utilisateur.objects.create_superuser("chef@exemple.fr", "x")
    assert compte.is_staff
    assert compte.is_superuser
    assert str(compte) == compte.email == "chef@exemple.fr"


def rendre(source: str, dossier: Travail, qui: Utilisateur) -> str:
    requete = RequestFactory().get("/")
    requete.user = qui
    contexte = {"dossier": dossier, "request": requete, "csrf_token": "jeton"}
    return Template("{% load socle %}" + source).render(Context(contexte))


def test_une_page_pose_le_journal(
    dossier: Travail, agent: Utilisateur, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    deposer(sujet=sujet_de(dossier, agent), fichier=ContentFile(b"%PDF-", name="Bilan.pdf"))
    with django_assert_num_queries(1):
        lu = rendre("{% journal_de dossier %}", dossier, agent)
    assert "a déposé le document « Bilan »" in lu
    assert "Tout le journal" in lu
