"""Un vrai processus serveur, sur la base du test, que l'on peut tuer net et relancer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Self
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from tests.config.processus import environnement_nu, port_libre

DEMARRAGE = 60  # secondes


class ServeurReel:
    """`maillage servir`, dans son processus et avec les réglages du produit."""

    def __init__(self) -> None:
        self.port = port_libre()
        self.adresse = f"http://127.0.0.1:{self.port}"
        self.processus: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.lancer()
        return self

    def __exit__(self, *_: object) -> None:
        self.tuer()

    def lancer(self) -> None:
        """Démarre, et attend que la page de santé réponde."""
        commande = [sys.executable, "-m", "maillage.config", "servir", f"--port={self.port}"]
        self.processus = subprocess.Popen(
            commande, env=self._environnement(), start_new_session=True
        )
        limite = time.monotonic() + DEMARRAGE
        while not self._repond():
            assert self.processus.poll() is None, "le serveur s'est arrêté en démarrant"
            assert time.monotonic() < limite, "le serveur ne répond pas"
            time.sleep(0.1)

    def tuer(self) -> None:
        """Sans préavis : ni le serveur ni ses ouvriers ne peuvent rien finir."""
        if self.processus and self.processus.poll() is None:
            os.killpg(self.processus.pid, signal.SIGKILL)
            self.processus.wait()

    def _repond(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.adresse}/sante/", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def _environnement(self) -> dict[str, str]:
        return environnement_nu(
            DATABASE_URL=_adresse_de_la_base(),
            MAILLAGE_ADRESSE=self.adresse,
            MAILLAGE_CLE_SECRETE=settings.SECRET_KEY,
            MAILLAGE_DONNEES=str(settings.DONNEES),
        )


def _adresse_de_la_base() -> str:
    base = connection.settings_dict
    qui = ":".join(quote(str(base[nom]), safe="") for nom in ("USER", "PASSWORD") if base[nom])
    options = {nom.lower(): base[nom] for nom in ("HOST", "PORT") if base[nom]}
    return f"postgresql://{qui}@/{base['NAME']}?{urlencode(options)}"
