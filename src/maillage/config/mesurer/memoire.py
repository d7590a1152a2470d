"""La mémoire que prend une page, lue chez le noyau (Linux), dans un processus neuf.

Dans celui qui vient de poser cent mille structures, un export se sert de la mémoire déjà prise et
paraît n'en prendre aucune.
"""

from __future__ import annotations

import subprocess
import sys
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

from maillage.config.mesurer.processus import environnement

_MO = 1024


def pointe_d_une_page(compte: UUID, adresse: str) -> float:
    """Mégaoctets, au plus fort, d'un processus qui sert cette page à ce compte, jusqu'au bout.

    Toute la mémoire résidente compte : Python, Django, le pilote de la base, les bibliothèques.
    """
    fini = subprocess.run(  # noqa: S603 - notre propre commande
        [sys.executable, "-m", __name__, str(compte), adresse],
        env=environnement() | {"DJANGO_SETTINGS_MODULE": "maillage.config.mesurer.reglages"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(fini.stdout)


def _servir(compte: str, adresse: str) -> None:
    """Morceau par morceau, sans la garder."""
    import django

    django.setup()
    from django.test import Client

    from maillage.socle.models import Utilisateur

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(Utilisateur.objects.get(pk=compte))
    reponse = client.get(adresse)
    if reponse.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{adresse} : {reponse.status_code}")
    for _ in reponse:
        pass


def _pointe() -> float:
    """Mégaoctets résidents de ce processus, au plus fort depuis son départ."""
    lignes = Path("/proc/self/status").read_text().splitlines()
    return next(int(ligne.split()[1]) for ligne in lignes if ligne.startswith("VmHWM:")) / _MO


if __name__ == "__main__":
    _servir(*sys.argv[1:])
    print(_pointe())
