"""Une seconde recherche, d'une autre graine, dans un autre processus : la meilleure des deux.

C'est un processus neuf, lancé comme une commande : un processus déjà fils, même `daemon`, un
serveur à plusieurs fils d'exécution, Windows et macOS le peuvent tous. Il lit le problème dans un
fichier temporaire, s'arrête de lui-même à l'heure dite, et ce qu'il rend en retard est perdu :
la première recherche se suffit.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, time

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import Blocs
from maillage.confirmer.calculs.groupes.probleme import Entiers
from maillage.confirmer.calculs.groupes.recherche import Trouvaille, chercher

SECONDES = 0.5
"""En dessous, lancer un processus prendrait la moitié du temps."""
MARGE = 0.04
"""Secondes que le renfort se garde pour rendre sa réponse à temps."""
_RACINE = Path(__file__).parents[4]


class Renfort:
    """La recherche de l'autre processus."""

    def __init__(self, processus: subprocess.Popen[bytes]) -> None:
        self._processus = processus

    def rendre(self, fin: float) -> Trouvaille | None:
        """Ce qu'elle a trouvé ; None si elle n'a rien dit à `fin` (horloge `monotonic`)."""
        try:
            dit, _ = self._processus.communicate(timeout=max(0.0, fin - monotonic()))
        except subprocess.TimeoutExpired:
            return None
        if self._processus.returncode:
            return None
        lu = json.loads(dit)
        return Trouvaille(np.array(lu["places"]), lu["valeur"], lu["iterations"])


@contextmanager
def renforcer(
    blocs: Blocs, depart: Entiers, *, graine: int, fin: float
) -> Iterator[Renfort | None]:
    """Lance le renfort le temps du bloc ; None s'il n'y a qu'un cœur, ou trop peu de temps."""
    if _coeurs() < 2 or fin - monotonic() < SECONDES:
        yield None
        return
    try:
        processus = _lancer(blocs, depart, graine, fin)
    except OSError:
        yield None
        return
    with processus:
        try:
            yield Renfort(processus)
        finally:
            processus.kill()


def _coeurs() -> int:
    """Ceux que ce processus peut employer."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _lancer(blocs: Blocs, depart: Entiers, graine: int, fin: float) -> subprocess.Popen[bytes]:
    """L'heure d'arrêt se dit à l'horloge du système, la seule que deux processus partagent."""
    donnees = {champ.name: getattr(blocs, champ.name) for champ in fields(blocs)}
    arret = time() + fin - monotonic() - MARGE
    chemins = [str(_RACINE), *filter(None, [os.environ.get("PYTHONPATH")])]
    with TemporaryFile() as fichier:
        np.savez(fichier, **donnees, depart=depart, graine=graine, arret=arret)
        fichier.seek(0)
        return subprocess.Popen(  # noqa: S603 - nos mots
            [sys.executable, "-c", f"from {__name__} import principal; principal()"],
            stdin=fichier,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(chemins), "OPENBLAS_NUM_THREADS": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )


def principal() -> None:
    """Ce que fait l'autre processus : lire, chercher jusqu'à l'heure dite, dire."""
    with np.load(sys.stdin.buffer, allow_pickle=False) as lus:
        donnees = {nom: lus[nom] for nom in lus.files}
    depart, graine, arret = (donnees.pop(nom) for nom in ("depart", "graine", "arret"))
    blocs = Blocs(**{nom: lu if lu.ndim else lu.item() for nom, lu in donnees.items()})
    fin = monotonic() + float(arret) - time()
    hasard = np.random.default_rng([int(graine), 1])
    trouvaille = chercher(blocs, depart, hasard=hasard, encore=lambda _: monotonic() < fin)
    dit = {
        "places": trouvaille.places.tolist(),
        "valeur": trouvaille.valeur,
        "iterations": trouvaille.iterations,
    }
    sys.stdout.write(json.dumps(dit))
