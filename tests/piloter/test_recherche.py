"""Chercher partout : dans chaque sorte, selon les droits, sans tomber."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.annuaire.models import Nature, Personne, Rattachement, Role
from maillage.identifier.models import Problematique, Signal
from maillage.piloter.recherche import Groupe, chercher
from maillage.socle.models import Utilisateur
from tests.accueillir.fabriques import demande, diagnostic_ouvert
from tests.capitaliser.fabriques import fiche_publiee
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, mission, operateur, organisation

pytestmark = pytest.mark.django_db


def trouves(groupes: list[Groupe]) -> dict[str, list[str]]:
    return {g.titre: [t.titre for t in g.trouves] for g in groupes}


@pytest.fixture
def camille() -> Utilisateur:
    """Une chargée du Doubs, entourée d'une chose de chaque sorte qui parle de mécénat."""
    doubs = departement()
    dla = operateur(territoire=doubs)
    fiche_publiee(mission(dla, titre="Le mécénat ensemble"))
    lieu = commune(dans=doubs)
    theatre = organisation(nom="Théâtre du mécénat", commune=lieu)
    agent(theatre, Role.STRUCTURE)
    venue = Personne.objects.get(rattachements__organisation=theatre)
    venue.nom = "Mécénat"
    venue.save()
    Signal.objects.create(operateur=dla, texte="On cherche du mécénat")
    Problematique.objects.create(operateur=dla, titre="Mécénat : personne ne sait faire")
    return agent(dla)


def test_une_question_trouve_chaque_sorte_de_chose(camille: Utilisateur) -> None:
    groupes = chercher(camille, "mécénat")
    assert trouves(groupes) == {
        "Missions": ["Le mécénat ensemble"],
        "Structures et partenaires": ["Théâtre du mécénat"],
        "Besoins partagés": ["Mécénat : personne ne sait faire"],
        "Besoins entendus": ["«\u00a0On cherche du mécénat\u00a0»"],
        "Fiches publiées": ["Le mécénat ensemble"],
        "Personnes": ["Camille Mécénat"],
    }
    client = connecte(camille)
    for groupe in groupes:
        assert all(client.get(t.url, follow=True).status_code == 200 for t in groupe.trouves)


@pytest.mark.parametrize("question", ["MECENAT", "mecenat"])
def test_ni_la_casse_ni_les_accents_ne_comptent(camille: Utilisateur, question: str) -> None:
    assert {"Missions", "Fiches publiées", "Besoins entendus"} <= set(
        trouves(chercher(camille, question))
    )


@pytest.mark.parametrize("question", ["Helene", "hélène VÉDRINE", "vedrine"])
def test_une_personne_se_trouve_sans_ses_accents(camille: Utilisateur, question: str) -> None:
    helene = Personne.objects.create(prenom="Hélène", nom="Védrine")
    operateur = operateur_de(camille)
    Rattachement.objects.create(
        personne=helene, organisation=operateur, role=Role.CHARGE_ACCOMPAGNEMENT
    )
    [groupe] = [g for g in chercher(camille, question) if g.titre == "Personnes"]
    assert [t.titre for t in groupe.trouves] == ["Hélène Védrine"]


@pytest.mark.parametrize(
    ("nature", "role"),
    [
        (Nature.OPERATEUR, Role.CHARGE_ACCOMPAGNEMENT),
        (Nature.PRESTATAIRE, Role.PRESTATAIRE),
        (Nature.NATIONAL, Role.NATIONAL),
        (Nature.CENTRE_RESSOURCES, Role.CENTRE_RESSOURCES),
    ],
)
def test_hors_de_mon_perimetre_rien_n_existe_que_les_fiches(camille, nature, role) -> None:
    ailleurs = organisation(nature, territoires=[departement("33", "Gironde")])
    groupes = chercher(agent(ailleurs, role), "mécénat")
    assert set(trouves(groupes)) == {"Fiches publiées"}


@pytest.mark.parametrize(
    "question", ["", " ", "é", "\x00", "!?", "%", "🎭", "'; DROP TABLE", "a" * 500]
)
def test_une_question_de_travers_donne_une_page(camille: Utilisateur, question: str) -> None:
    page = connecte(camille).get("/recherche/", {"q": question})
    assert page.status_code == 200
    assert page.context["groupes"] == []


def test_la_question_est_montree_sans_etre_executee(camille: Utilisateur) -> None:
    page = connecte(camille).get("/recherche/", {"q": "<script>alert(1)</script>"})
    assert "&lt;script&gt;" in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_au_dela_de_six_la_suite_mene_a_la_liste(camille: Utilisateur) -> None:
    for rang in range(8):
        mission(operateur_de(camille), titre=f"Mécénat {rang}")
    client = connecte(camille)
    page = client.get("/recherche/?q=mécénat")
    missions = next(g for g in page.context["groupes"] if g.titre == "Missions")
    assert len(missions.trouves) == 6
    assert client.get(missions.suite).context["liste"].total == 9


def operateur_de(compte: Utilisateur):
    return compte.personne.rattachements.get().organisation  # type: ignore[attr-defined]


def test_douze_requetes_au_plus_quel_que_soit_le_nombre(camille: Utilisateur) -> None:
    for rang in range(30):
        mission(operateur_de(camille), titre=f"Mécénat {rang}")
        organisation(nom=f"Mécénat {rang}", operateur=operateur_de(camille))
    client = connecte(camille)
    with CaptureQueriesContext(connection) as requetes:
        assert client.get("/recherche/?q=mécénat").status_code == 200
    assert len(requetes) <= 12


def test_une_faute_de_frappe_trouve_la_structure_et_mene_au_registre(camille: Utilisateur) -> None:
    page = connecte(camille).get("/recherche/?q=thaetre mecenat")

    assert trouves(page.context["groupes"]) == {"Structures et partenaires": ["Théâtre du mécénat"]}
    assert "/structures/chercher/?q=thaetre%20mecenat" in page.content.decode()


def test_demandes_et_diagnostics_se_trouvent_par_leur_structure(camille: Utilisateur) -> None:
    """Par l'équipe qui les mène et par la structure ; un autre DLA ne les trouve pas."""
    chez = operateur_de(camille)
    structure = organisation(nom="Lutherie du Lomont", operateur=chez)
    demande(structure, chez)
    diagnostic_ouvert(structure, chez)
    titres = {"Demandes", "Diagnostics"}
    assert titres <= set(trouves(chercher(camille, "lutherie")))
    contact = agent(structure, Role.STRUCTURE)
    assert titres & set(trouves(chercher(contact, "lutherie"))) == {"Demandes"}
    voisin = agent(operateur("DLA voisin", departement()))
    assert not titres & set(trouves(chercher(voisin, "lutherie")))
