"""Fabriquer des registres de toute taille, pour les mesures seulement."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from maillage.annuaire.registre.fabriquer.ecriture import fabriquer_rna
from maillage.annuaire.registre.fabriquer.formes import FORMES
from maillage.annuaire.registre.fabriquer.sirene import fabriquer_sirene
from maillage.socle.quantites import ecrire_nombre


@click.group(help=__doc__)
def groupe() -> None:
    """Commandes `maillage fabriquer …`."""


@groupe.command()
@click.option("--lignes", type=click.IntRange(min=1), required=True, help="Nombre d'associations.")
@click.option("--graine", type=int, default=1, show_default=True, help="Même graine, même fichier.")
@click.option(
    "--dossier",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("rna-fabrique"),
    show_default=True,
    help="Où l'écrire ; créé s'il manque.",
)
@click.option(
    "--forme",
    type=click.Choice(tuple(FORMES)),
    default="waldec-2026",
    show_default=True,
    help="Le fichier national imité : ses colonnes et son encodage.",
)
def rna(lignes: int, graine: int, dossier: Path, forme: str) -> None:
    """Un RNA inventé, dans la vraie mise en forme, avec la liste de ses vrais doublons."""
    with Progress(console=Console(stderr=True), transient=True) as barre:
        tache = barre.add_task("Associations", total=lignes)
        ecrit = fabriquer_rna(
            lignes, graine, dossier, forme, lambda nombre: barre.advance(tache, nombre)
        )
    click.echo(
        f"{ecrit.archive} : {ecrire_nombre(ecrit.lignes)} lignes, "
        f"{ecrire_nombre(ecrit.paires)} doublons vrais ({ecrit.doublons.name}), "
        f"{ecrire_nombre(ecrit.fautives)} lignes fautives ({ecrit.fautes.name})."
    )


@groupe.command()
@click.option("--lignes", type=click.IntRange(min=1), required=True, help="Celles du RNA.")
@click.option("--graine", type=int, default=1, show_default=True, help="Celle du RNA.")
@click.option(
    "--dossier",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("rna-fabrique"),
    show_default=True,
    help="Où l'écrire ; créé s'il manque.",
)
def sirene(lignes: int, graine: int, dossier: Path) -> None:
    """Les unités légales du RNA inventé de même taille et de même graine."""
    with Progress(console=Console(stderr=True), transient=True) as barre:
        tache = barre.add_task("Unités légales", total=lignes)
        ecrit = fabriquer_sirene(
            lignes, graine, dossier, lambda nombre: barre.advance(tache, nombre)
        )
    click.echo(f"{ecrit} : les unités légales de {ecrire_nombre(lignes)} associations.")
