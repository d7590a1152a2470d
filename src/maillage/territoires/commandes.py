"""Charger et vérifier la géographie officielle."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from rich.console import Console
from rich.progress import Progress

from maillage.socle.quantites import ecrire_nombre
from maillage.territoires import chargement, controle
from maillage.territoires.decoupage import DecoupageIllisible


@click.group(help=__doc__)
def groupe() -> None:
    """Commandes `maillage territoires …`."""


@groupe.command()
def charger() -> None:
    """Charge le découpage officiel et les centres des communes ; peut être relancé."""
    with Progress(console=Console(stderr=True), transient=True) as barre:
        tache = barre.add_task("Géographie officielle", total=None)

        def avancer(fait: int, total: int, quoi: str) -> None:
            barre.update(tache, completed=fait, total=total, description=quoi.capitalize())

        try:
            bilan = chargement.charger(avancer)
        except DecoupageIllisible as erreur:
            raise click.ClickException(str(erreur)) from erreur
    click.echo(
        f"{ecrire_nombre(bilan.territoires)} territoires et {ecrire_nombre(bilan.anciens)} anciens "
        f"codes : {bilan.crees} créés, {bilan.changes} changés, {bilan.disparus} disparus."
    )


@groupe.command()
@click.option("--json", "en_json", is_flag=True, help="Écrit les comptes en JSON.")
def verifier(en_json: bool) -> None:
    """Compte les territoires par niveau ; sort avec 1 si la base s'écarte du millésime."""
    trouve = controle.controler()
    if en_json:
        click.echo(json.dumps(asdict(trouve), ensure_ascii=False, indent=2))
    else:
        for nom, nombre in trouve.comptes.items():
            click.echo(f"{nom.replace('_', ' ')} : {ecrire_nombre(nombre)}")
        for anomalie in trouve.anomalies:
            click.echo(anomalie, err=True)
    if trouve.anomalies:
        sys.exit(1)
