"""Ce que tous les tests partagent : la base, démarrée à la demande, et le navigateur."""

import os
import shutil
from typing import Any

import pytest

from maillage.config.embarque import serveur

SANS_DURABILITE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SANS_CHROMIUM = (
    "Chromium manque : « apt-get install chromium », ou le chemin d'un Chromium dans "
    "MAILLAGE_CHROMIUM."
)


def pytest_configure(config: pytest.Config) -> None:
    # Playwright tient une boucle d'événements dans le fil des tests, qui n'est pas asynchrone.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Sans ``DATABASE_URL``, les tests ont leur serveur embarqué, sans écriture durable."""
    if "DATABASE_URL" not in os.environ:
        serveur(SANS_DURABILITE).demarrer()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Le processus qui conduit les tests éteint le serveur, une fois les autres partis."""
    if "DATABASE_URL" not in os.environ and not hasattr(config, "workerinput"):
        serveur().arreter()


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
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium: str
) -> dict[str, Any]:
    """Le Chromium de la machine, sans bac à sable sous root, sans appel vers l'extérieur."""
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris"}
