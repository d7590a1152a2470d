"""`maillage demo`, comme une personne la lance : deux fois, jusqu'à la page de connexion."""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from maillage.config.embarque import Serveur
from tests.config.processus import environnement_nu, port_libre


@pytest.fixture
def dossier() -> Iterator[Path]:
    chemin = Path(f"/tmp/maillage-demo-{os.getpid()}")
    yield chemin
    Serveur(chemin).arreter()
    shutil.rmtree(chemin)


@contextmanager
def demonstration(dossier: Path) -> Iterator[tuple[str, str]]:
    """L'adresse servie et ce qui est annoncé ; à la sortie, Ctrl-C doit tout arrêter."""
    port = port_libre()
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "maillage.config", "demo"),
            *(f"--port={port}", f"--donnees={dossier}"),
        ],
        cwd=dossier.parent,
        env=environnement_nu(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        text=True,
    ) as processus:
        try:
            yield f"http://127.0.0.1:{port}", _annonce(processus)
            processus.send_signal(signal.SIGINT)
            assert processus.wait(30) == 0
        finally:
            processus.terminate()
    assert not Serveur(dossier).actif()


def _annonce(processus: subprocess.Popen[str]) -> str:
    """Ce qu'elle dit, jusqu'à ce qu'elle soit prête."""
    assert processus.stdout
    annonce = ""
    for ligne in processus.stdout:
        annonce += ligne
        if "Ctrl-C" in ligne:
            return annonce
    pytest.fail(annonce)


def lire(adresse: str) -> str:
    with urllib.request.urlopen(adresse, timeout=10) as reponse:
        return str(reponse.read().decode())


def comptes(annonce: str) -> list[str]:
    return [ligne for ligne in annonce.splitlines() if "@exemple.fr" in ligne]


def test_elle_sert_et_garde_ses_donnees(dossier: Path) -> None:
    with demonstration(dossier) as (adresse, annonce):
        assert adresse in annonce
        assert len(comptes(annonce)) > 1
        assert json.loads(lire(f"{adresse}/sante/"))["migrations"] == "ok"
        assert "<form" in lire(f"{adresse}/compte/login/")
    temoin = (dossier / "demonstration").read_text()
    assert temoin.split() == ["territoires"]
    with demonstration(dossier) as (_, seconde_annonce):
        assert comptes(seconde_annonce) == comptes(annonce)
    assert (dossier / "demonstration").read_text() == temoin
