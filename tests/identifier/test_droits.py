"""Qui lit et qui écrit un besoin ; la liste et l'objet disent la même chose."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.annuaire.models import Nature, Role
from maillage.identifier import droits
from maillage.identifier.models import Problematique, Signal
from tests.comptes import connecte
from tests.fabriques import agent, departement, operateur, organisation
from tests.identifier.monde import entourage, problematique, signal

pytestmark = pytest.mark.django_db

LISENT = {"charge", "responsable", "regional"}
ECRIVENT = {"charge", "responsable"}


@pytest.mark.parametrize(("fabrique", "modele"), [(signal, Signal), (problematique, Problematique)])
def test_les_deux_faces_d_un_droit_s_accordent(fabrique, modele) -> None:  # type: ignore[no-untyped-def]
    dla = operateur()
    besoin = fabrique(dla)
    for nom, compte in entourage(dla).items():
        voit = droits.peut_voir(compte, besoin)
        assert bool(voit) == (nom in LISENT), nom
        assert bool(voit) == modele.objects.visibles_par(compte).filter(pk=besoin.pk).exists(), nom
        assert bool(droits.peut_modifier(compte, besoin)) == (nom in ECRIVENT), nom
        assert voit.raison.endswith(".")


def test_une_problematique_regionale_se_lit_dans_les_departements() -> None:
    doubs, gironde = departement("25", "Doubs"), departement("33", "Gironde")
    regional = organisation(Nature.DLA_REGIONAL, territoires=[doubs])
    portee, notee = problematique(regional), signal(regional)
    charge, ailleurs = agent(operateur()), agent(operateur("DLA de la Gironde", gironde))
    assert droits.peut_voir(charge, portee)
    assert not droits.peut_modifier(charge, portee)
    assert droits.peut_ouvrir_une_mission(charge, portee)
    assert not droits.peut_voir(ailleurs, portee)
    assert not droits.peut_voir(charge, notee)
    assert not droits.peut_ouvrir_une_mission(agent(regional, Role.DLA_REGIONAL), portee)


def test_une_problematique_ecartee_n_ouvre_pas_de_mission() -> None:
    dla = operateur()
    ecartee = problematique(dla, etat="ecartee", motif="Déjà traitée")
    decision = droits.peut_ouvrir_une_mission(agent(dla), ecartee)
    assert not decision
    assert "reprenez-la" in decision.raison


@pytest.mark.parametrize(
    ("nom", "lire", "ecrire"),
    [("charge", 200, 200), ("regional", 200, 403), ("ailleurs", 404, 404), ("comite", 404, 404)],
)
def test_les_pages_suivent_les_droits(nom: str, lire: int, ecrire: int) -> None:
    dla = operateur()
    client = connecte(entourage(dla)[nom])
    note, portee = signal(dla), problematique(dla)
    for adresse in (note.get_absolute_url(), portee.get_absolute_url()):
        assert client.get(adresse).status_code == lire, adresse
    for route, objet in (
        ("completer", note),
        ("modifier", portee),
        ("joindre", portee),
        ("structure_ajouter", portee),
    ):
        adresse = reverse(f"identifier:{route}", args=[objet.pk])
        assert client.get(adresse).status_code == ecrire, adresse


@pytest.mark.parametrize(
    ("route", "suite"),
    [
        ("retirer", []),
        ("detacher", ["signal"]),
        ("structure_retirer", ["structure"]),
        ("etat", ["confirmer"]),
    ],
)
def test_hors_de_mon_dla_aucun_geste_ne_passe(route: str, suite: list[str]) -> None:
    dla = operateur()
    structure = organisation(operateur=dla)
    note, portee = signal(dla), problematique(dla)
    portee.signaux.add(note)
    portee.structures.add(structure)
    objets = {"signal": note.pk, "structure": structure.pk}
    cles = [note.pk if route == "retirer" else portee.pk, *(objets.get(c, c) for c in suite)]
    adresse = reverse(f"identifier:{route}", args=cles)
    comptes = entourage(dla)
    assert connecte(comptes["regional"]).post(adresse).status_code == 403
    assert connecte(comptes["ailleurs"]).post(adresse).status_code == 404
    assert connecte(comptes["charge"]).get(adresse).status_code == 405
    portee.refresh_from_db()
    assert (portee.etat, portee.signaux.count(), portee.structures.count()) == ("a_confirmer", 1, 1)


def test_on_ne_joint_pas_un_signal_que_l_on_ne_lit_pas() -> None:
    dla, gironde = operateur(), operateur("DLA de la Gironde", departement("33", "Gironde"))
    etranger = signal(gironde, texte="SECRET DE GIRONDE")
    client = connecte(agent(dla))
    portee = problematique(dla)
    client.post(reverse("identifier:joindre", args=[portee.pk]), {"signaux": [etranger.pk]})
    assert not portee.signaux.exists()
    formuler = reverse("identifier:formuler")
    assert "SECRET" not in client.get(f"{formuler}?signaux={etranger.pk}").content.decode()
    reponse = client.post(formuler, {"titre": "Volée", "signaux": [etranger.pk]})
    assert reponse.status_code == 422
    assert "SECRET" not in reponse.content.decode()


def test_les_signaux_d_un_autre_dla_sont_comptes_jamais_cites() -> None:
    doubs, jura = departement("25", "Doubs"), departement("39", "Jura")
    du_doubs, du_jura = operateur(), operateur("DLA du Jura", jura)
    regional = organisation(Nature.DLA_REGIONAL, territoires=[doubs, jura])
    portee = problematique(regional)
    portee.signaux.add(
        signal(du_doubs, texte="Mots du Doubs"), signal(du_jura, texte="Mots du Jura")
    )
    page = connecte(agent(du_doubs)).get(portee.get_absolute_url()).content.decode()
    assert "Mots du Doubs" in page
    assert "Mots du Jura" not in page
    assert "2\u00a0signaux, dont 1 hors de votre périmètre" in page
    tout = connecte(agent(regional, Role.DLA_REGIONAL)).get(portee.get_absolute_url())
    assert "Mots du Jura" in tout.content.decode()


def test_qui_n_est_pas_agent_ne_note_rien() -> None:
    dla = operateur()
    membre = connecte(agent(dla, Role.MEMBRE_COMITE))
    reponse = membre.post(reverse("identifier:noter"), {"texte": "Bonjour"})
    assert (reponse.status_code, Signal.objects.count()) == (403, 0)
    assert "agents du DLA" in membre.get(reverse("identifier:signaux")).content.decode()


def test_le_regional_lit_les_besoins_de_dla_nommes_et_les_nomme_une_fois() -> None:
    """Derrière une sous-requête, l'index (DLA, date) ne sert pas : on lit ceux de tout le pays."""
    dla = operateur()
    note = signal(dla)
    regional = entourage(dla)["regional"]
    with CaptureQueriesContext(connection) as captees:
        for _ in range(2):
            assert list(Signal.objects.visibles_par(regional)) == [note]
    lectures = [q["sql"] for q in captees if 'FROM "identifier_signal"' in q["sql"]]
    noms = [q["sql"] for q in captees if 'SELECT "annuaire_organisation"."id"' in q["sql"]]
    assert (len(lectures), len(noms)) == (2, 1)
    assert not any("SELECT U0" in sql for sql in lectures)
