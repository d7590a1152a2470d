"""La méthode en données : la contrôler, en lire les comptes."""

import json
from pathlib import Path
from typing import Any

import click

from . import MethodeInvalide, charger, compter, lexique_des_besoins, toute
from .lexique import charger_lexique
from .notions import Methode


@click.group("methode", help=__doc__)
def groupe() -> None:
    """Commandes `maillage methode …`."""


@groupe.command()
@click.option("--json", "en_json", is_flag=True, help="Rendre les comptes, ou la faute, en JSON.")
@click.option(
    "--dossier",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Contrôler ces fichiers YAML au lieu de ceux du logiciel.",
)
def verifier(en_json: bool, dossier: Path | None) -> None:
    """Contrôler les fichiers de la méthode et imprimer ses comptes.

    Sort avec 0 si tout se tient, avec 1 et le fichier, le code et la raison sinon.
    """
    try:
        comptes = compter(_lire(dossier) if dossier else _livree())
    except MethodeInvalide as erreur:
        if en_json:
            _imprimer_json({"erreur": vars(erreur)})
        raise click.ClickException(f"Méthode refusée. {erreur}") from erreur
    if en_json:
        _imprimer_json(comptes)
    else:
        click.echo("\n".join(_lignes(comptes)))


def _lire(dossier: Path) -> Methode:
    """La méthode de `dossier`, son lexique contrôlé avec elle."""
    methode = charger(dossier)
    charger_lexique(dossier, methode.themes)
    return methode


def _livree() -> Methode:
    lexique_des_besoins()
    return toute()


def _imprimer_json(contenu: dict[str, Any]) -> None:
    click.echo(json.dumps(contenu, ensure_ascii=False, indent=2))


def _lignes(comptes: dict[str, Any], retrait: str = "") -> list[str]:
    """Les comptes en lignes lisibles, une par nom, en retrait sous leur sujet."""
    lignes = []
    for nom, compte in comptes.items():
        if isinstance(compte, dict):
            lignes += [f"{retrait}{nom}", *_lignes(compte, retrait + "  ")]
        else:
            lignes.append(f"{retrait}{nom} : {_dire(compte)}")
    return lignes


def _dire(compte: int | list[int]) -> str:
    if isinstance(compte, int):
        return str(compte)
    return f"{sum(compte)} ({' + '.join(map(str, compte))})"
