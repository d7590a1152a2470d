"""La démonstration : ouvert au comité et au DLA régional, un diagnostic soustrait."""

from __future__ import annotations

import pytest

from maillage.accueillir.autorisations.demonstration import (
    AGENT,
    COMITE,
    CONTACT,
    STRUCTURE,
    creer_autorisations,
)
from maillage.accueillir.models import Diagnostic, Lecture
from maillage.annuaire.models import Nature, Organisation, Role
from maillage.socle.models import Utilisateur
from tests.accueillir.fabriques import diagnostic_valide
from tests.fabriques import agent, commune, departement, operateur, organisation

pytestmark = pytest.mark.django_db


def nomme(chez: Organisation, role: str, courriel: str) -> None:
    Utilisateur.objects.filter(pk=agent(chez, role).pk).update(courriel=courriel)


def test_la_structure_d_essai_a_dit_qui_la_lit() -> None:
    dla = operateur()
    theatre = organisation(nom=STRUCTURE, operateur=dla, commune=commune(dans=departement()))
    nomme(theatre, Role.STRUCTURE, CONTACT)
    nomme(dla, Role.MEMBRE_COMITE, COMITE)
    nomme(dla, Role.CHARGE_ACCOMPAGNEMENT, AGENT)
    recent = diagnostic_valide(theatre, dla)
    for _ in range(2):
        creer_autorisations()
    region = organisation(Nature.DLA_REGIONAL, territoires=[departement()])
    regional = agent(region, Role.DLA_REGIONAL)
    assert list(Diagnostic.objects.lisibles_par(regional)) == [recent]
    assert Diagnostic.objects.existants_pour(regional).count() == 2
    assert Lecture.objects.get().diagnostic == recent
