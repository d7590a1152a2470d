"""Qui voit et modifie un dossier : les deux faces disent la même chose."""

from __future__ import annotations

import pytest
from django.http import Http404

from maillage.annuaire.models import Nature, Role
from maillage.ingenieries.droits import peut_modifier, peut_voir, regard
from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from tests.fabriques import agent, departement, mission, operateur, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> dict[str, object]:
    """Trois départements, deux opérateurs, un régional sur deux départements."""
    doubs, jura = departement("25", "Doubs"), departement("39", "Jura")
    gironde = departement("33", "Gironde")
    dla25, dla39 = operateur("DLA du Doubs", doubs), operateur("DLA du Jura", jura)
    dla33 = operateur("DLA de la Gironde", gironde)
    regional = organisation(Nature.DLA_REGIONAL, nom="DLA régional", territoires=[doubs, jura])
    culture = organisation(Nature.CENTRE_RESSOURCES, nom="Ressources culture", secteur="culture")
    m25, m39 = mission(dla25, secteur="culture"), mission(dla39, secteur="sport")
    m33 = mission(dla33, secteur="sport")
    m33.operateurs_associes.add(dla39)
    return {
        "missions": {"25": m25, "39": m39, "33": m33},
        "agent25": agent(dla25),
        "agent39": agent(dla39, Role.RESPONSABLE),
        "regional": agent(regional, Role.DLA_REGIONAL),
        "ressources": agent(culture, Role.CENTRE_RESSOURCES),
        "national": agent(organisation(Nature.NATIONAL), Role.NATIONAL),
        "ancien": agent(dla25, jusqua="2020-01-01", depuis="2019-01-01"),
    }


@pytest.mark.parametrize(
    ("qui", "voit"),
    [
        ("agent25", {"25"}),
        ("agent39", {"39", "33"}),
        ("regional", {"25", "39"}),
        ("ressources", {"25"}),
        ("national", set()),
        ("ancien", set()),
    ],
)
def test_chacun_voit_son_perimetre(monde, qui, voit) -> None:
    """La liste et la décision objet par objet disent la même chose."""
    utilisateur, missions = monde[qui], monde["missions"]
    visibles = set(Ingenierie.objects.visibles_par(utilisateur))
    assert visibles == {missions[code] for code in voit}
    assert {code for code, m in missions.items() if peut_voir(utilisateur, m)} == voit


def test_hors_perimetre_le_dossier_n_existe_pas(monde) -> None:
    with pytest.raises(Http404):
        regard(monde["agent25"], monde["missions"]["39"])


def test_seul_le_pilote_modifie_et_voit_l_interne(monde) -> None:
    m33 = monde["missions"]["33"]
    associe = regard(monde["agent39"], m33)
    assert associe.voit_interne
    assert not associe.modifier
    assert "DLA pilote" in associe.modifier.raison
    assert associe.modifier.recours == "DLA de la Gironde."
    lecteur = regard(monde["regional"], monde["missions"]["25"])
    assert not lecteur.voit_interne
    assert "DLA régional" in lecteur.pourquoi


def test_une_mission_close_ne_se_modifie_plus(monde) -> None:
    m25 = monde["missions"]["25"]
    assert peut_modifier(monde["agent25"], m25)
    m25.etat = EtatIngenierie.CLOSE
    refus = peut_modifier(monde["agent25"], m25)
    assert not refus
    assert "close" in refus.raison


def test_le_regard_coute_deux_requetes_puis_plus_rien(monde, django_assert_num_queries) -> None:
    utilisateur, m25 = monde["agent25"], monde["missions"]["25"]
    with django_assert_num_queries(2):
        regard(utilisateur, m25)
        peut_modifier(utilisateur, m25)
