"""Ce que l'accueil dit ailleurs : Aujourd'hui, la fiche d'une structure, la démonstration."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from maillage.accueillir.demandes import taches as demandes
from maillage.accueillir.diagnostics import taches as diagnostics
from maillage.accueillir.diagnostics.validation import demander_correction
from maillage.accueillir.models import Demande, EtatDemande
from maillage.accueillir.parcours import taches as parcours
from maillage.annuaire.models import Organisation, Rattachement, Role
from maillage.socle.models import Utilisateur
from tests.accueillir.fabriques import (
    demande,
    diagnostic_ouvert,
    diagnostic_soumis,
    structure_accueillie,
)
from tests.comptes import connecte
from tests.fabriques import agent
from tests.taches import lire_les_taches

taches = lire_les_taches(demandes, diagnostics, parcours)
pytestmark = pytest.mark.django_db
JOUR = date(2026, 11, 21)


@pytest.fixture
def structure(dla: Organisation) -> Organisation:
    return structure_accueillie(dla, nom="Théâtre du Pont")


def titres(compte: Utilisateur) -> list[str]:
    return [t.titre for t in taches(compte, JOUR)]


def test_l_agent_lit_ce_qui_l_attend(dla: Organisation, structure: Organisation) -> None:
    charge, autre = agent(dla), agent(dla)
    d_un_autre = Rattachement.objects.get(personne__compte=autre).personne
    demande(structure, dla)
    demande(structure, dla, charge=d_un_autre)
    Demande.objects.create(structure=structure, operateur=dla, etat=EtatDemande.ACCUEILLIE)
    diagnostic_ouvert(structure, dla)
    soumis = diagnostic_soumis(structure, dla)
    assert titres(charge) == [
        "Étudier la demande : Théâtre du Pont",
        "Finir le diagnostic : Théâtre du Pont",
        "Faire valider le diagnostic : Théâtre du Pont",
    ]
    demander_correction(
        soumis, version=soumis.version, par=None, au_nom_de="Ada", remarques="Nous sommes dix"
    )
    assert "Corriger le diagnostic : Théâtre du Pont" in titres(charge)


def test_la_structure_lit_ce_qu_elle_a_a_valider(
    dla: Organisation, structure: Organisation
) -> None:
    diagnostic_ouvert(structure, dla)
    diagnostic_soumis(structure, dla)
    assert titres(agent(structure, Role.STRUCTURE)) == ["Relire le diagnostic : Théâtre du Pont"]
    assert titres(agent(structure_accueillie(dla), Role.STRUCTURE)) == []


def test_les_taches_coutent_une_requete(
    dla: Organisation,
    structure: Organisation,
    django_assert_num_queries: object,
) -> None:
    charge = agent(dla)
    for _ in range(30):
        demande(structure, dla)
    diagnostic_ouvert(structure, dla)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(taches(charge, JOUR)) == 21, "vingt demandes au plus, et le périmètre"


def test_la_fiche_montre_demandes_et_diagnostics_et_leurs_gestes(
    dla: Organisation, structure: Organisation
) -> None:
    client = connecte(agent(dla))
    notee, ouvert = demande(structure, dla), diagnostic_ouvert(structure, dla)
    page = client.get(structure.get_absolute_url()).content.decode()
    assert notee.get_absolute_url() in page
    assert ouvert.get_absolute_url() in page
    assert f"{reverse('accueillir:noter')}?structure={structure.pk}" in page
    assert reverse("accueillir:diagnostic_ouvrir", args=[structure.pk]) in page
    assert (
        reverse("accueillir:noter") in client.get(reverse("annuaire:structures")).content.decode()
    )
    assert reverse("accueillir:noter") in client.get("/").content.decode()
