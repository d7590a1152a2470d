"""Qui entre dans les histoires, et par quelle porte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.navigateur import onglet_garde
from tests.parcours.album import Album
from tests.parcours.monde import peupler
from tests.parcours.pages import PageConnexion
from tests.parcours.personne import Personne

Arriver = Callable[[], Personne]
Entrer = Callable[[str], Personne]


@pytest.fixture
def arriver(
    navigateur: Browser, live_server: LiveServer, request: pytest.FixtureRequest
) -> Iterator[Arriver]:
    """Une personne de plus, dans son navigateur à elle, pas encore connectée."""
    peupler()
    album = Album(request.node.name.removeprefix("test_"))
    with ExitStack() as pile:

        def ouvrir() -> Personne:
            onglet, garde = pile.enter_context(onglet_garde(navigateur, live_server.url))
            return Personne(onglet, garde, album)

        yield ouvrir


@pytest.fixture
def entrer(arriver: Arriver) -> Entrer:
    """Une personne connectée par le formulaire : « lea.morel »."""

    def connecter(nom: str) -> Personne:
        personne = arriver()
        PageConnexion(personne).entrer(f"{nom}@exemple.fr")
        return personne

    return connecter
