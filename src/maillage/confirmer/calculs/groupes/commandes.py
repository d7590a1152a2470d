"""Constituer des groupes : résoudre un problème écrit dans un fichier (docs/groupes.md)."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from maillage.confirmer.calculs.groupes import ProblemeInvalide, Reponse, Statut, lire
from maillage.confirmer.calculs.groupes import resoudre as resoudre_le_probleme
from maillage.confirmer.calculs.groupes.conflits import Contrainte, Sorte, expliquer

_DITS = {
    Statut.OPTIMAL: "la meilleure, c’est prouvé",
    Statut.REALISABLE: "la meilleure trouvée",
    Statut.IMPOSSIBLE: "aucune répartition ne tient ces contraintes, c’est prouvé",
    Statut.NON_TROUVE: "aucune répartition trouvée dans le temps donné",
}


_CONTRAINTES = {
    Sorte.TOUTES_PLACEES: "toutes les structures sont à placer",
    Sorte.ENSEMBLE: "{} et {} doivent être ensemble",
    Sorte.INCOMPATIBLES: "{} et {} ne doivent pas être ensemble",
    Sorte.MINIMUM: "le groupe {} a un minimum",
    Sorte.MAXIMUM: "le groupe {} a un maximum",
}


@click.group(help=__doc__)
def groupe() -> None:
    """Commandes `maillage groupes …`."""


@groupe.command()
@click.argument("fichier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--secondes",
    default=5.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    help="Temps donné à la recherche ; une preuve peut l'arrêter plus tôt.",
)
@click.option(
    "--graine",
    default=0,
    show_default=True,
    type=click.IntRange(0),
    help="Le point de départ du hasard.",
)
@click.option(
    "--iterations",
    type=click.IntRange(0),
    help="Nombre exact d'itérations, à la place du temps : toujours la même réponse.",
)
@click.option("--json", "en_json", is_flag=True, help="Imprime la réponse en JSON.")
def resoudre(
    fichier: Path, secondes: float, graine: int, iterations: int | None, en_json: bool
) -> None:
    """Répartit les structures d'un FICHIER en groupes.

    Sort 0 avec une répartition, 1 s'il n'y en a pas ou si le fichier est fautif.
    """
    try:
        probleme = lire(fichier.read_text(encoding="utf-8"))
    except (ProblemeInvalide, UnicodeDecodeError) as faute:
        raise click.ClickException(f"{fichier.name} : {faute}") from faute
    reponse = resoudre_le_probleme(
        probleme, secondes=secondes, graine=graine, iterations=iterations
    )
    conflit = expliquer(probleme) if reponse.statut is Statut.IMPOSSIBLE else None
    dite = asdict(reponse) | ({"conflit": [asdict(c) for c in conflit]} if conflit else {})
    click.echo(json.dumps(dite, ensure_ascii=False) if en_json else _dire(reponse, conflit))
    if reponse.groupes is None:
        raise SystemExit(1)


def _dire(reponse: Reponse, conflit: list[Contrainte] | None) -> str:
    """La réponse en phrases : un groupe par ligne, puis ce qu'elle vaut, ou ce qui l'empêche."""
    lignes = []
    places = reponse.groupes or []
    for rang in sorted(set(places)):
        membres = ", ".join(str(i) for i, place in enumerate(places) if place == rang)
        lignes.append(f"{'dehors' if rang < 0 else f'groupe {rang}'} : {membres}")
    lignes.append(f"Répartition : {_DITS[reponse.statut]}.")
    lignes += [f"- {_CONTRAINTES[c.sorte].format(*c.rangs)}" for c in conflit or ()]
    if reponse.objectif is not None:
        lignes.append(f"Objectif {reponse.objectif:g}, borne {reponse.borne:g}.")
    lignes.append(f"{reponse.secondes:.2f} s, {reponse.iterations} itérations.")
    return "\n".join(lignes)
