"""Les impasses : une raison, un recours, un chemin de retour, et rien de ce qui existe ailleurs."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from tests.fabriques import agent, mission, operateur

from maillage.socle.droits import Refus, refuse
from maillage.socle.refus import page_de_refus

pytestmark = pytest.mark.django_db


def test_le_refus_dit_sa_raison_et_son_recours(rf: RequestFactory) -> None:
    demande = rf.get("/")
    demande.user = AnonymousUser()
    reponse = page_de_refus(demande, Refus(refuse("Mission close.", "Voir le Doubs.")))
    page = reponse.content.decode()
    assert reponse.status_code == 403
    assert "Mission close." in page
    assert "Voir le Doubs." in page
    assert page.count("<h1") == 1


def test_une_page_introuvable_garde_la_navigation_et_le_retour() -> None:
    client = Client()
    client.force_login(agent(operateur()))
    reponse = client.get(f"/missions/{uuid4()}/")
    page = reponse.content.decode()
    assert reponse.status_code == 404
    assert 'aria-label="Navigation principale"' in page
    assert "Revenir à Missions" in page


def test_l_introuvable_est_le_meme_que_le_dossier_existe_ou_non() -> None:
    """Seuls diffèrent l'adresse demandée et les jetons de la page."""
    client = Client()
    client.force_login(agent(operateur()))
    cachee = mission(operateur(nom="DLA du Jura")).pk
    pages = []
    for cle in (cachee, uuid4()):
        reponse = client.get(f"/missions/{cle}/")
        assert reponse.status_code == 404
        page = reponse.content.decode().replace(str(cle), "CLE")
        pages.append(
            [ligne for ligne in page.splitlines() if "csrf" not in ligne and "nonce" not in ligne]
        )
    assert pages[0] == pages[1]


def test_sans_compte_l_introuvable_n_a_pas_de_navigation() -> None:
    page = Client().get("/ma-page-qui-n-existe-pas/").content.decode()
    assert "Navigation principale" not in page
    assert "Rouvrez le lien personnel" in page
    assert 'href="/"' in page
