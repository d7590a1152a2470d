"""Ce que tous les tests partagent : la base, démarrée à la demande."""

import os

import pytest

from maillage.config.embarque import serveur

SANS_DURABILITE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


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
