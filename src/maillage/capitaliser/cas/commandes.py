"""Les cas publiés : les importer, les exporter, en vérifier les chiffres, en lire le schéma."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from maillage.capitaliser import cas
from maillage.capitaliser.cas.schema_json import schema_json

UN_FICHIER = click.Path(exists=True, dir_okay=False, path_type=Path)
UN_DOSSIER = click.Path(file_okay=False, path_type=Path)


@click.group(help=__doc__)
def groupe() -> None:
    """Commandes `maillage cas …`."""


@groupe.command()
@click.argument("chemins", nargs=-1, metavar="[FICHIER]…", type=UN_FICHIER)
def importer(chemins: tuple[Path, ...]) -> None:
    """Importe des cas ; sans fichier, tous ceux que livre Maillage. Recommencer ne change rien."""
    for chemin in chemins or cas.fichiers():
        try:
            charge = cas.importer(chemin)
        except cas.CasRefuse as refus:
            raise click.ClickException(str(refus)) from refus
        click.echo(f"{chemin.stem} : {_etat(chemin, charge)}")


def _etat(chemin: Path, charge: cas.Charge) -> str:
    if charge.nouveau:
        return "importé"
    pareil = cas.exporter(charge.code) == chemin.read_text(encoding="utf-8")
    return "déjà là, rien n’a changé" if pareil else "déjà là, le dossier a changé depuis : gardé"


@groupe.command()
@click.argument("codes", nargs=-1, metavar="[CAS]…")
@click.option("--vers", type=UN_DOSSIER, help="Écrire un fichier par cas dans ce dossier.")
def exporter(codes: tuple[str, ...], vers: Path | None) -> None:
    """Écrit ce que la base dit d'un cas, dans son format ; sans code, les cas livrés."""
    livres = [c.stem for c in cas.fichiers() if cas.missions_de(c.stem)]
    for code in codes or livres:
        try:
            texte = cas.exporter(code)
        except cas.CasAbsent as absent:
            raise click.ClickException(str(absent)) from absent
        if vers is None:
            click.echo(texte, nl=False)
        else:
            vers.mkdir(parents=True, exist_ok=True)
            (vers / f"{code}.yaml").write_text(texte, encoding="utf-8")
            click.echo(f"{code} : exporté")


@groupe.command()
@click.argument("codes", nargs=-1, metavar="[CAS]…")
@click.option("--json", "en_json", is_flag=True, help="Rendre la comparaison en JSON.")
def verifier(codes: tuple[str, ...], en_json: bool) -> None:
    """Compare les chiffres calculés à ceux des sources ; sort avec 1 au moindre écart."""
    try:
        attendus = cas.lire_attendus(cas.dossier_des_cas())
    except cas.AttendusIllisibles as illisibles:
        raise click.ClickException(str(illisibles)) from illisibles
    inconnus = set(codes) - {a.cas for a in attendus}
    if inconnus:
        raise click.ClickException(f"{', '.join(sorted(inconnus))} : aucun chiffre attendu.")
    vu = cas.verifier(a for a in attendus if not codes or a.cas in codes)
    if en_json:
        click.echo(json.dumps(asdict(vu), ensure_ascii=False, indent=2))
    else:
        click.echo(f"{vu.compares} chiffres comparés : {vu.cas} cas, {vu.missions} missions.")
    if vu.ecarts:
        raise click.ClickException("\n".join(str(e) for e in vu.ecarts))


@groupe.command()
def schema() -> None:
    """Le schéma d'un fichier de cas (JSON Schema), tiré des modèles."""
    click.echo(json.dumps(schema_json(), ensure_ascii=False, indent=2))
