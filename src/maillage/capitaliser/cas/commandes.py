"""Les cas publiés : les charger, en vérifier les chiffres."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from maillage.capitaliser import cas

FICHIERS = click.argument(
    "chemins",
    nargs=-1,
    metavar="[FICHIER]…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)


@click.group(help=__doc__)
def groupe() -> None:
    """Commandes `maillage cas …`."""


@groupe.command()
@FICHIERS
def charger(chemins: tuple[Path, ...]) -> None:
    """Charge des cas ; sans fichier, tous ceux que livre Maillage. Recharger ne change rien."""
    for chemin in chemins or cas.fichiers():
        try:
            charge = cas.charger(chemin)
        except cas.CasRefuse as refus:
            raise click.ClickException(str(refus)) from refus
        etat = "chargé" if charge.nouveau else "déjà là, rien n’a changé"
        click.echo(f"{chemin.stem} : {etat}")


@groupe.command()
@FICHIERS
@click.option("--json", "en_json", is_flag=True, help="Rendre la comparaison en JSON.")
def verifier(chemins: tuple[Path, ...], en_json: bool) -> None:
    """Compare les chiffres calculés à ceux des sources ; sort avec 1 au moindre écart."""
    try:
        verifications = [cas.verifier(chemin) for chemin in chemins or cas.fichiers()]
    except cas.CasRefuse as refus:
        raise click.ClickException(str(refus)) from refus
    compares = sum(v.compares for v in verifications)
    ecarts = [ecart for v in verifications for ecart in v.ecarts]
    if en_json:
        rendu = {
            "cas": len(verifications),
            "compares": compares,
            "ecarts": [asdict(e) for e in ecarts],
        }
        click.echo(json.dumps(rendu, ensure_ascii=False, indent=2))
    else:
        click.echo(f"{compares} chiffres comparés sur {len(verifications)} cas.")
    if ecarts:
        raise click.ClickException("\n".join(str(e) for e in ecarts))
