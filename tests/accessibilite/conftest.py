"""Le monde de la matrice des droits, et quelqu'un pour en ouvrir les pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from maillage.socle.models import Utilisateur
from tests.accessibilite.axe import examiner
from tests.comptes import ouvrir_une_session
from tests.droits.monde import Monde, creer_monde
from tests.navigateur import Garde, onglet_garde

INTROUVABLE = 404


class Examen:
    """Ouvre des pages au nom de l'un ou de l'autre, et retient ce qui ne va pas."""

    def __init__(self, navigateur: Browser, adresse: str, pile: ExitStack) -> None:
        self.navigateur = navigateur
        self.adresse = adresse
        self.pile = pile
        self.onglets: dict[Utilisateur | None, tuple[Page, Garde]] = {}
        self.vues: set[str] = set()
        self.fautes: list[str] = []

    def ouvrir(self, compte: Utilisateur | None, adresse: str) -> None:
        """Examine la page, ses couleurs, son poids et sa largeur ; un fichier est laissé.

        Une page déjà vue par la même personne (redirection, page introuvable) ne l'est qu'une fois.
        """
        onglet, garde = self._onglet(compte)
        reponse = onglet.request.get(adresse)
        repere = "introuvable" if reponse.status == INTROUVABLE else reponse.url
        assert compte is None or "/compte/login/" not in reponse.url, f"{adresse} : pas connecté"
        if not _est_une_page(reponse.text()) or repere in self.vues:
            return
        self.vues.add(repere)
        onglet.goto(adresse)
        fautes = examiner(onglet)
        try:
            garde.relire()
        except AssertionError as plainte:
            fautes.append(f"  {plainte}")
        if fautes:
            self.fautes += [f"{adresse} ({compte or 'anonyme'})", *fautes]

    def conclure(self) -> None:
        assert not self.fautes, "\n".join(["", *self.fautes])

    def _onglet(self, compte: Utilisateur | None) -> tuple[Page, Garde]:
        if compte not in self.onglets:
            onglet, garde = self.pile.enter_context(onglet_garde(self.navigateur, self.adresse))
            if compte:
                ouvrir_une_session(onglet, compte, self.adresse)
            self.onglets[compte] = onglet, garde
        return self.onglets[compte]


def _est_une_page(source: str) -> bool:
    return source.lstrip()[:15].lower() == "<!doctype html>"


@pytest.fixture
def examen(navigateur: Browser, live_server: LiveServer) -> Iterator[Examen]:
    with ExitStack() as pile:
        yield Examen(navigateur, live_server.url, pile)


@pytest.fixture
def monde(live_server: LiveServer) -> Monde:
    return creer_monde()
