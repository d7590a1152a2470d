"""Ce que tous les tests partagent : la base, démarrée à la demande, et le navigateur."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from maillage.config.embarque import serveur
from tests import modele_de_base
from tests.navigateur import onglet_garde

TROP_LENT = HealthCheck.too_slow
# Sans écriture durable. Sans autovacuum non plus : entre deux tests les tables sont vides, et des
# statistiques prises là feraient parcourir à chaque ligne, en entier, ce que le suivant remplit.
REGLAGES_DU_SERVEUR = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
OUVRENT_LA_BASE = {"db", "transactional_db", "django_db_setup"}
SANS_CHROMIUM = (
    "Chromium manque : « apt-get install chromium », ou le chemin d'un Chromium dans "
    "MAILLAGE_CHROMIUM."
)


def pytest_configure(config: pytest.Config) -> None:
    # Playwright tient une boucle d'événements dans le fil des tests, qui n'est pas asynchrone.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Rien n'est chronométré : une machine chargée ne fait pas échouer une propriété.
    settings.register_profile("a_son_rythme", deadline=None, suppress_health_check=[TROP_LENT])
    settings.load_profile("a_son_rythme")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qui demande Chromium est marqué « navigateur » ; qui ouvre la base, « base »."""
    for test in items:
        demandes = set(getattr(test, "fixturenames", ()))
        if "chromium" in demandes:
            test.add_marker("navigateur")
        if test.get_closest_marker("django_db") or demandes & OUVRENT_LA_BASE:
            test.add_marker("base")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Sans ``DATABASE_URL``, un serveur embarqué, sans écriture durable ; la base, copiée."""
    if "DATABASE_URL" not in os.environ:
        serveur(REGLAGES_DU_SERVEUR).demarrer()
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = modele_de_base.preparer()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Le processus qui conduit les tests éteint le serveur, une fois les autres partis."""
    if "DATABASE_URL" not in os.environ and not hasattr(config, "workerinput"):
        serveur().arreter()


@pytest.fixture(autouse=True)
def _compteurs_a_zero() -> None:
    """Les essais de connexion d'un test ne comptent pas pour le suivant."""
    cache.clear()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Chemin de Chromium ; sans lui, le test est sauté, ou échoue là où il est exigé."""
    trouve = os.environ.get("MAILLAGE_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if trouve:
        return trouve
    if os.environ.get("MAILLAGE_EXIGER_NAVIGATEUR"):
        pytest.fail(SANS_CHROMIUM)
    pytest.skip(SANS_CHROMIUM)


@pytest.fixture(scope="session")
def navigateur(chromium: str) -> Iterator[Browser]:
    """Chromium, sans bac à sable sous root, sans appel vers l'extérieur."""
    options = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=fr-FR",
    ]
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium, args=options)
        yield chrome
        chrome.close()


@pytest.fixture
def page(navigateur: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Un onglet neuf sur le serveur de test, gardé (`tests.navigateur`)."""
    with onglet_garde(navigateur, live_server.url) as (onglet, _):
        yield onglet
