"""L'examen lui-même : il trouve ce qui est fautif, et ce qui ne l'est qu'en sombre."""

import pytest
from playwright.sync_api import Browser, Page

from tests.accessibilite.axe import examiner

PAGE = """<!doctype html><html lang="fr"><head><title>Essai</title>
<style>
  :root {{ color-scheme: light dark }}
  body {{ background: light-dark(#fff, #111) }}
  p {{ color: {encre} }}
</style></head>
<body><main><h1>Essai</h1><p>Un texte</p>{reste}</main></body></html>"""


@pytest.fixture
def page_nue(navigateur: Browser) -> Page:
    return navigateur.new_page()


def test_une_page_saine_n_a_rien(page_nue: Page) -> None:
    page_nue.set_content(PAGE.format(encre="light-dark(#111, #eee)", reste=""))
    assert examiner(page_nue) == []


def test_une_image_muette_se_dit_avec_sa_place(page_nue: Page) -> None:
    page_nue.set_content(PAGE.format(encre="light-dark(#111, #eee)", reste="<img src='data:,'>"))
    (faute,) = examiner(page_nue)
    assert "light image-alt (critical) sur img" in faute


def test_un_contraste_perdu_en_sombre_se_voit(page_nue: Page) -> None:
    page_nue.set_content(PAGE.format(encre="#444", reste=""))
    (faute,) = examiner(page_nue)
    assert "dark color-contrast (serious) sur p" in faute
