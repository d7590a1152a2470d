"""Importer les registres nationaux : le RNA et SIRENE."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, TaskID

from maillage.annuaire.models import Registre
from maillage.annuaire.registre.importer.execution import dans_l_ordre, importer, ouvrir
from maillage.annuaire.registre.importer.refus import FichierRefuse

FICHIERS = click.argument(
    "fichiers",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)


@click.group(help=__doc__)
def groupe() -> None:
    """Commandes `maillage importer …`."""


@groupe.command()
@FICHIERS
def rna(fichiers: tuple[Path, ...]) -> None:
    """Importe le RNA : un zip de CSV par département, ou des CSV ; reprend un import interrompu."""
    _importer(fichiers, Registre.RNA)


@groupe.command()
@FICHIERS
def sirene(fichiers: tuple[Path, ...]) -> None:
    """Importe SIRENE : StockUniteLegale d'abord, puis StockEtablissement (CSV, zip, Parquet)."""
    _importer(fichiers, Registre.SIRENE)


def _importer(fichiers: tuple[Path, ...], registre: Registre) -> None:
    """Tous les fichiers sont vérifiés avant que le premier ne soit importé."""
    try:
        importations = [ouvrir(fichier.resolve(), registre) for fichier in fichiers]
        for importation in dans_l_ordre(importations):
            if importation.decalage:
                click.echo(f"{importation.nom} : import repris où il s'était arrêté.", err=True)
            with Progress(console=Console(stderr=True), transient=True) as barre:
                tache = barre.add_task(importation.nom, total=None)

                def avancer(fait: int, total: int, quoi: str, tache: TaskID = tache) -> None:
                    barre.update(tache, completed=fait, total=total, description=quoi)

                phrase = importer(importation, avancer)
            click.echo(phrase)
    except FichierRefuse as refus:
        raise click.ClickException(str(refus)) from refus
