"""`make bench` : pose un volume national dans une base jetable et mesure les pages."""

from __future__ import annotations

import argparse
import json
import os
import sys

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
    _dire(mesures, options.json)
    return 0 if all(m["tenue"] for m in mesures) else 1


def _options() -> argparse.Namespace:
    analyse = argparse.ArgumentParser(description=__doc__)
    analyse.add_argument("--echelle", type=float, default=1.0, help="1 : volume national")
    analyse.add_argument("--json", action="store_true")
    return analyse.parse_args()


def _mesurer(echelle: float) -> list[dict[str, object]]:
    from dataclasses import asdict

    from django.test import Client

    from maillage.config.mesurer.pages import mesurer
    from maillage.config.mesurer.volume import poser
    from maillage.territoires.chargement import charger
    from tests.mesures.parcours import adresses, personnes

    charger()
    operateurs = poser(echelle)
    clients = {}
    for qui, compte in personnes(operateurs).items():
        clients[qui] = Client()
        clients[qui].force_login(compte)
    mesures = mesurer(clients, adresses(operateurs), vide="/mesures/vide/")
    return [asdict(m) | {"tenue": m.tenue} for m in mesures]


def _dire(mesures: list[dict[str, object]], en_json: bool) -> None:
    if en_json:
        print(json.dumps(mesures, ensure_ascii=False, indent=2))
        return
    for m in mesures:
        signe = "tient" if m["tenue"] else "DÉPASSE"
        print(
            f"{signe:8} {m['rapport']:5.1f} × la page vide · p95 {m['p95']:6.1f} ms · "
            f"{m['requetes']:2} requêtes · {m['octets']:6} o · {m['qui']} {m['adresse']}"
        )


if __name__ == "__main__":
    sys.exit(principal())
