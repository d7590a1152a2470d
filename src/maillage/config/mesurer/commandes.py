"""Mesurer la vitesse des pages sur un volume national, dans une base à part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import click

BASE = "maillage_mesures"
VIDE = "/mesures/vide/"
TOUTES = "?de=&a="


@click.group()
def groupe() -> None:
    """Mesurer la vitesse des pages sur un volume national, dans une base à part."""


@groupe.command()
@click.option("--echelle", default=1.0, show_default=True, help="1 : le volume national.")
@click.option("--refaire", is_flag=True, help="Repose le volume, même s'il est déjà là.")
@click.option("--json", "en_json", is_flag=True, help="Imprime les mesures en JSON.")
def bilan(echelle: float, refaire: bool, en_json: bool) -> None:
    """Le bilan d'une chargée, d'une région et du pays, en rapport à une page connectée vide.

    Sort 1 si un rapport, un nombre de requêtes ou un poids dépasse sa borne.
    """
    with _base_a_part(refaire):
        mesures = _mesurer(echelle)
    if en_json:
        click.echo(json.dumps(mesures, ensure_ascii=False, indent=2))
    for m in () if en_json else mesures:
        click.echo(
            f"{'tient' if m['tenue'] else 'DÉPASSE':8} {m['rapport']:5.1f} × la page vide · "
            f"p95 {m['p95']:6.1f} ms · {m['requetes']:2} requêtes · {m['octets']:6} o · "
            f"{m['qui']} {m['adresse']}"
        )
    if not all(m["tenue"] for m in mesures):
        raise SystemExit(1)


@contextmanager
def _base_a_part(refaire: bool) -> Iterator[None]:
    """La base des mesures, gardée d'une fois sur l'autre ; celle de l'instance reste telle."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import override_settings

    propre = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = BASE
    connection.creation.create_test_db(
        verbosity=0, autoclobber=True, serialize=False, keepdb=not refaire
    )
    simples = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    try:
        with override_settings(
            ROOT_URLCONF="maillage.config.mesurer.urls",
            ALLOWED_HOSTS=["testserver"],
            STORAGES=simples,
        ):
            yield
    finally:
        connection.creation.destroy_test_db(propre, verbosity=0, keepdb=True)


def _mesurer(echelle: float) -> list[dict[str, Any]]:
    from django.test import Client
    from django.urls import reverse

    from maillage.config.mesurer.pages import mesurer
    from maillage.config.mesurer.personnes import personnes

    clients = {}
    for qui, compte in personnes(echelle).items():
        clients[qui] = Client()
        clients[qui].force_login(compte)
    adresse = reverse("piloter:bilan")
    pages = [(qui, adresse) for qui in clients] + [("France", f"{adresse}{TOUTES}")]
    return [asdict(m) | {"tenue": m.tenue} for m in mesurer(clients, pages, vide=VIDE)]
