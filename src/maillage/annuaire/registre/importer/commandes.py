"""Importer les registres nationaux : le RNA et SIRENE."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from maillage.annuaire.models import ImportDeRegistre, Registre
from maillage.annuaire.registre.importer.execution import dans_l_ordre, importer
from maillage.annuaire.registre.importer.ouverture import ouvrir
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


SANS_RECHERCHE = click.option(
    "--sans-recherche",
    is_flag=True,
    help="N'actualise pas la recherche : un autre import suit, qui le fera.",
)


@groupe.command()
@FICHIERS
@SANS_RECHERCHE
def rna(fichiers: tuple[Path, ...], sans_recherche: bool) -> None:
    """Importe le RNA : zip de CSV par département, ou CSV ; reprend un import interrompu."""
    _importer(fichiers, Registre.RNA, sans_recherche)


@groupe.command()
@FICHIERS
@SANS_RECHERCHE
def sirene(fichiers: tuple[Path, ...], sans_recherche: bool) -> None:
    """Importe SIRENE : StockUniteLegale, puis StockEtablissement (zip, CSV, Parquet)."""
    _importer(fichiers, Registre.SIRENE, sans_recherche)


def _importer(fichiers: tuple[Path, ...], registre: Registre, sans_recherche: bool) -> None:
    """Tous les fichiers sont vérifiés avant que le premier ne soit importé."""
    try:
        importations = dans_l_ordre([ouvrir(fichier.resolve(), registre) for fichier in fichiers])
        for importation in importations:
            if importation.decalage:
                click.echo(f"{importation.nom} : l'import reprend où il en était.", err=True)
            dernier = importation is importations[-1]
            click.echo(_faire(importation, conclure=dernier and not sans_recherche))
    except FichierRefuse as refus:
        raise click.ClickException(str(refus)) from refus


def _faire(importation: ImportDeRegistre, *, conclure: bool) -> str:
    with Progress(console=Console(stderr=True), transient=True) as barre:
        tache = barre.add_task(importation.nom, total=None)

        def avancer(fait: int, total: int, quoi: str) -> None:
            barre.update(tache, completed=fait, total=total, description=quoi)

        return importer(importation, avancer, conclure=conclure)
