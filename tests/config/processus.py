"""Lancer le programme à part, dans un environnement nu : rien de la machine ne l'aide."""

import os
import socket

from tests.gabarits import DEPOT


def environnement_nu(**variables: str) -> dict[str, str]:
    """PATH, les sources, et de quoi mesurer la couverture de ce qui s'exécute là-bas."""
    couverture = {nom: valeur for nom, valeur in os.environ.items() if nom.startswith("COVERAGE_")}
    sources = {"PATH": os.environ["PATH"], "PYTHONPATH": str(DEPOT / "src")}
    return {**couverture, **sources, **variables}


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])
