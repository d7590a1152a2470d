"""`make bench` : pose un volume national dans une base jetable et mesure les pages."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.config.mesurer.pages import Mesure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.mesures.reglages")


def principal() -> int:
    """Rend 0 si chaque page tient ses trois bornes (rapport, requêtes, poids)."""
    options = _options()
    import django

    django.setup()
    if "DATABASE_URL" not in os.environ:
        from maillage.config.embarque import serveur

        serveur().demarrer()
    from django.test.utils import setup_databases, teardown_databases

    bases = setup_databases(verbosity=0, interactive=False)
    try:
        mesures = _mesurer(options.echelle)
    finally:
        teardown_databases(bases, verbosity=0)
    from maillage.config.mesurer.pages import dire

    print(dire(mesures, en_json=options.json))
    return 0 if all(mesure.tenue for mesure in mesures) else 1


def _options() -> argparse.Namespace:
    analyse = argparse.ArgumentParser(description=__doc__)
    analyse.add_argument("--echelle", type=float, default=1.0, help="1 : volume national")
    analyse.add_argument("--json", action="store_true")
    return analyse.parse_args()


def _mesurer(echelle: float) -> list[Mesure]:
    from django.test import Client

    from maillage.config.mesurer.pages import VIDE, mesurer
    from maillage.config.mesurer.volume import poser
    from maillage.territoires.chargement import charger
    from tests.mesures.parcours import adresses, personnes

    charger()
    operateurs = poser(echelle)
    clients = {}
    for qui, compte in personnes(operateurs).items():
        clients[qui] = Client()
        clients[qui].force_login(compte)
    return mesurer(clients, adresses(operateurs), vide=VIDE)


if __name__ == "__main__":
    sys.exit(principal())
