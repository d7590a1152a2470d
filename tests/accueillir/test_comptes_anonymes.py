"""Les comptes ne disent rien d'une structure : le seuil, le périmètre, et aucun nom."""

from __future__ import annotations

import pytest
from django.urls import reverse

from maillage import methode
from maillage.accueillir.autorisations.comptages import compter_les_besoins
from maillage.accueillir.models import Besoin
from maillage.annuaire.models import Nature, Organisation, Role
from tests.accueillir.fabriques import autoriser, diagnostic_valide, soustraire
from tests.comptes import connecte
from tests.fabriques import agent, departement, operateur, organisation

pytestmark = pytest.mark.django_db

THEMES = [code for code, _ in methode.choix("themes.themes")]


def dire(structure: Organisation, dla: Organisation, *themes: str, interne: bool = False) -> None:
    diagnostic = diagnostic_valide(structure, dla)
    for theme in themes:
        Besoin.objects.create(
            diagnostic=diagnostic, domaine="projet", theme=theme, dit="…", interne=interne
        )


def test_sous_trois_structures_le_nombre_ne_se_montre_pas() -> None:
    dla = operateur()
    national = agent(organisation(Nature.NATIONAL), Role.NATIONAL)
    for rang in range(3):
        structure = organisation()
        dire(structure, dla, THEMES[0], *([THEMES[1]] if rang < 2 else []))
        dire(structure, dla, THEMES[0])
        dire(structure, dla, THEMES[2], interne=True)
    mots = {case.theme: case.mot for case in compter_les_besoins(national)}
    assert mots == {
        methode.libelle("themes.themes", THEMES[0]): "3\xa0structures",
        methode.libelle("themes.themes", THEMES[1]): "moins de 3",
    }


def test_un_dla_ne_compte_que_les_siens() -> None:
    dla, voisin = operateur(), operateur("DLA voisin")
    for _ in range(3):
        dire(organisation(), voisin, THEMES[0])
    assert compter_les_besoins(agent(dla)) == []
    assert [c.structures for c in compter_les_besoins(agent(voisin))] == [3]


def test_la_page_ne_nomme_personne_et_se_refuse_hors_du_reseau() -> None:
    dla = operateur()
    for rang in range(4):
        dire(organisation(nom=f"NOMMEE-{rang}"), dla, THEMES[0])
    client = connecte(agent(organisation(Nature.NATIONAL), Role.NATIONAL))
    page = client.get(reverse("accueillir:diagnostics_comptes"))
    assert "4" in page.content.decode()
    assert "NOMMEE" not in page.content.decode()


def test_ce_qui_n_est_pas_ouvert_n_est_pas_nomme() -> None:
    dla = operateur()
    ouverte, fermee = organisation(nom="OUVERTE"), organisation(nom="FERMEE")
    soustraite = organisation(nom="SOUSTRAITE")
    for structure in (ouverte, fermee, soustraite):
        lu = diagnostic_valide(structure, dla, synthese=f"SECRET-{structure.nom}")
    autoriser(ouverte, "comite")
    autoriser(soustraite, "comite")
    soustraire(soustraite, diagnostic=lu)
    client = connecte(agent(dla, Role.MEMBRE_COMITE))
    page = client.get(reverse("accueillir:diagnostics_ouverts")).content.decode()
    assert "OUVERTE" in page
    assert "FERMEE" not in page
    assert "SOUSTRAITE" not in page
    assert "SECRET" not in page
    assert page.count("non ouvert") == 2


@pytest.mark.parametrize("nombre", [1, 20])
def test_la_liste_coute_autant_a_une_ligne_qu_a_vingt(
    nombre: int, django_assert_num_queries: object
) -> None:
    dla = operateur(territoire=departement())
    for _ in range(nombre):
        structure = organisation()
        diagnostic_valide(structure, dla)
        autoriser(structure, "comite")
    client = connecte(agent(dla, Role.MEMBRE_COMITE))
    with django_assert_num_queries(5):  # type: ignore[operator]
        client.get(reverse("accueillir:diagnostics_ouverts"))
