"""Quatre cents structures, par la commande elle-même : sa mémoire, et ce qu'elle gagne."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from itertools import combinations
from pathlib import Path

import numpy as np

from maillage.config.mesurer.chiffres import Chiffre
from maillage.config.mesurer.groupes import glouton
from maillage.confirmer.calculs.groupes import lire

N, GROUPES, SECONDES = 400, 40, 10


def mesurer() -> dict[str, Chiffre]:
    """La mémoire de pointe (Mo), et le gain sur le glouton à échanges (%)."""
    fichier = json.dumps(_tirer())
    with tempfile.TemporaryDirectory() as dossier:
        chemin, sortie = Path(dossier) / "probleme.json", Path(dossier) / "reponse.json"
        chemin.write_text(fichier)
        memoire = _lancer(chemin, sortie)
        trouve = json.loads(sortie.read_text())
    temoin = glouton.resoudre(lire(fichier))
    return {
        "mémoire de pointe": Chiffre(round(memoire), "Mo", au_plus=500),
        "gain sur le glouton à échanges": Chiffre(
            round(100 * (trouve["objectif"] / temoin - 1), 3), "%", au_moins=0
        ),
        "recherche": Chiffre(round(trouve["secondes"], 1), "s (visé : 10)"),
        "itérations": Chiffre(trouve["iterations"]),
    }


def _tirer() -> dict[str, object]:
    hasard = np.random.default_rng(N)
    return {
        "n": N,
        "groupes": [{"min": N // GROUPES, "max": N // GROUPES}] * GROUPES,
        "affinites": [
            [i, j, round(float(hasard.uniform(0, 100)), 3)] for i, j in combinations(range(N), 2)
        ],
    }


def _lancer(chemin: Path, sortie: Path) -> float:
    """Les Mo qu'a pris le processus."""
    commande = [sys.executable, "-m", "maillage.config", "groupes", "resoudre", str(chemin)]
    options = ["--secondes", str(SECONDES), "--graine", "1", "--json"]
    redirection = [(os.POSIX_SPAWN_OPEN, 1, str(sortie), os.O_WRONLY | os.O_CREAT, 0o600)]
    enfant = os.posix_spawn(
        sys.executable, [*commande, *options], dict(os.environ), file_actions=redirection
    )
    _, statut, usage = os.wait4(enfant, 0)
    if statut:
        raise RuntimeError(f"La commande a échoué (statut {statut}).")
    return usage.ru_maxrss / 1024
