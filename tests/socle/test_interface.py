"""L'interface dans un vrai navigateur : accessibilité, thème, raccourcis, brouillons."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.accessibilite.axe import examiner
from tests.comptes import avec_second_facteur, ouvrir_une_session
from tests.navigateur import onglet_garde

from maillage.socle.models import Utilisateur

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def vitrine(navigateur: Browser, live_server: LiveServer) -> Iterator[Page]:
    """La page des composants, ouverte par une personne de l'équipe, sur un onglet gardé."""
    equipe = Utilisateur.objects.create_user("equipe@exemple.fr", is_staff=True)
    with onglet_garde(navigateur, live_server.url) as (onglet, garde):
        ouvrir_une_session(onglet, avec_second_facteur(equipe), live_server.url)
        onglet.goto("/composants/")
        garde.relire()
        yield onglet


@pytest.mark.parametrize("largeur", [1280, 360])
def test_axe_ne_trouve_rien(vitrine: Page, largeur: int) -> None:
    vitrine.set_viewport_size({"width": largeur, "height": 900})
    assert examiner(vitrine) == []
    assert vitrine.evaluate("document.documentElement.scrollWidth") <= largeur


def test_aucun_texte_sous_quatorze_pixels(vitrine: Page) -> None:
    petits = vitrine.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
            .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 14)
            .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert petits == []


def test_le_theme_choisi_est_garde(vitrine: Page) -> None:
    fond = "getComputedStyle(document.body).backgroundColor"
    clair = vitrine.evaluate(fond)
    vitrine.evaluate("localStorage.setItem('maillage:theme', 'dark')")
    vitrine.reload()
    assert vitrine.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert vitrine.evaluate(fond) != clair


def test_un_brouillon_survit_a_la_page_et_se_reprend(vitrine: Page) -> None:
    vitrine.fill("#champ_light_constats", "Elles cherchent des mécènes.")
    vitrine.reload()
    assert vitrine.input_value("#champ_light_constats") == ""
    vitrine.click("text=Reprendre le brouillon")
    assert vitrine.input_value("#champ_light_constats") == "Elles cherchent des mécènes."


def test_un_brouillon_jete_ne_revient_pas(vitrine: Page) -> None:
    vitrine.fill("#champ_light_constats", "À jeter.")
    vitrine.reload()
    vitrine.click("text=Le jeter")
    vitrine.reload()
    assert vitrine.locator(".brouillon").count() == 0


def test_un_envoi_recu_efface_son_brouillon_et_lui_seul(vitrine: Page) -> None:
    vitrine.evaluate(
        """() => {
          const moi = `maillage:brouillon:${document.body.dataset.connecte}:`;
          const brouillon = (envoye) => JSON.stringify({date: Date.now(), contenu: {}, envoye});
          localStorage.setItem(`${moi}parti`, brouillon(location.href));
          localStorage.setItem(`${moi}perdu`, brouillon(`${location.origin}/ailleurs/`));
          localStorage.setItem(`${moi}commence`, brouillon(false));
          localStorage.setItem("maillage:brouillon:une-autre:parti", brouillon(location.href));
        }"""
    )
    with vitrine.expect_navigation():
        vitrine.evaluate("() => { location.href = '/composants/?suite' }")
    restants = vitrine.evaluate("Object.keys(localStorage).map((c) => c.split(':').at(-1))")
    assert sorted(restants) == ["commence", "parti", "perdu"]
    assert vitrine.evaluate("document.body.dataset.connecte")


def test_un_mot_de_passe_ou_un_jeton_n_est_jamais_garde(vitrine: Page) -> None:
    vitrine.fill("#champ_light_constats", "Un mot.")
    vitrine.reload()
    garde = json.dumps(vitrine.evaluate("Object.values(localStorage)"))
    assert "Un mot." in garde
    assert "csrf" not in garde
    assert "version" not in garde


def test_la_consequence_est_dite_avant_le_clic(vitrine: Page) -> None:
    dialogue = vitrine.locator("#clore-light")
    assert not dialogue.is_visible()
    vitrine.click("[popovertarget=clore-light] >> nth=0")
    assert "ne pourront plus le faire" in dialogue.inner_text()
    vitrine.keyboard.press("Escape")
    assert not dialogue.is_visible()
