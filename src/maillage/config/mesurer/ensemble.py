"""Plusieurs personnes à la fois, sur un vrai serveur, ou le même SQL nu à la même cadence."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client

from maillage.config.mesurer.processus import environnement
from maillage.socle.models import Utilisateur

PAUSES = (0.4, 1.2)
"""Secondes entre deux envois d'une personne qui tape : la page n'envoie rien tant que les lettres
se suivent, et attend qu'elles s'arrêtent un quart de seconde."""
_PATIENCE = 60.0
_REGLAGES = {"DJANGO_SETTINGS_MODULE": "maillage.config.mesurer.reglages"}

Geste = Callable[[], object]


def en_pause(gestes: Sequence[Sequence[Geste]], graine: int) -> list[float]:
    """Joue les gestes de chacun, tous à la fois ; rend chaque durée en millisecondes."""
    with ThreadPoolExecutor(len(gestes)) as ensemble:
        lots = ensemble.map(_jouer, gestes, range(graine, graine + len(gestes)))
        return [duree for lot in lots for duree in lot]


def _jouer(gestes: Sequence[Geste], graine: int) -> list[float]:
    alea = random.Random(graine)  # noqa: S311 - une cadence, pas un secret
    durees = []
    for geste in gestes:
        time.sleep(alea.uniform(*PAUSES))
        debut = time.perf_counter()
        geste()
        durees.append((time.perf_counter() - debut) * 1000)
    return durees


class Personne:
    """Quelqu'un de connecté, dont le navigateur garde sa connexion au serveur."""

    def __init__(self, port: int, compte: Utilisateur) -> None:
        client = Client()
        client.force_login(compte)
        cle = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.entetes = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cle}", "HX-Request": "true"}
        self.liaison = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)

    def renouer(self) -> None:
        """Sa prochaine demande ouvre une connexion : le serveur ferme celles qui attendent."""
        self.liaison.close()

    def demander(self, adresse: str) -> None:
        self.liaison.request("GET", adresse, headers=self.entetes)
        reponse = self.liaison.getresponse()
        reponse.read()
        if reponse.status != HTTPStatus.OK:
            raise RuntimeError(f"{adresse} : {reponse.status}")


@contextmanager
def liaisons(combien: int) -> Iterator[list[psycopg.Connection]]:
    """Des connexions nues à la base des mesures."""
    parametres = connection.get_connection_params()
    parametres.pop("cursor_factory", None)
    parametres.pop("context", None)
    ouvertes = [psycopg.connect(**parametres, autocommit=True) for _ in range(combien)]
    try:
        yield ouvertes
    finally:
        for ouverte in ouvertes:
            ouverte.close()


def executer(liaison: psycopg.Connection, requetes: Sequence[str]) -> None:
    """Les requêtes, l'une après l'autre, leurs lignes lues."""
    for requete in requetes:
        liaison.execute(requete).fetchall()


@contextmanager
def serveur(processus: int) -> Iterator[int]:
    """Le produit servi comme `maillage servir` le fait ; rend son port."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    commande = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    options = ["--port", str(port), "--workers", str(processus), "--blocking-threads", "4"]
    options += ["--log-level", "error", "maillage.config.wsgi:application"]
    sert = subprocess.Popen([*commande, *options], env=environnement() | _REGLAGES)  # noqa: S603 - nos mots
    try:
        _attendre(port)
        yield port
    finally:
        sert.terminate()
        sert.wait()


def _attendre(port: int) -> None:
    fin = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > fin:
                raise
            time.sleep(0.2)
        else:
            return
