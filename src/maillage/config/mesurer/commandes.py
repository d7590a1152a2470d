"""Mesurer : les pages et le registre au volume national, le codage des besoins, les groupes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.config.mesurer.base import base_a_part
from maillage.config.mesurer.chiffres import Chiffre

if TYPE_CHECKING:
    from maillage.config.mesurer.pages import Mesure

BASE = "maillage_mesures"
BASE_DU_REGISTRE = "maillage_mesures_registre"
TOUTES = "?de=&a="
_BESOINS_VOISINS = "../shared/data/besoins_dev.csv"
_FICHIER = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help=__doc__)
def groupe() -> None:
    """Commandes `maillage mesurer …`."""


@groupe.command()
@click.option("--echelle", default=1.0, show_default=True, help="1 : le volume national.")
@click.option("--refaire", is_flag=True, help="Repose le volume, même s'il est déjà là.")
@click.option("--json", "en_json", is_flag=True, help="Imprime les mesures en JSON.")
def bilan(echelle: float, refaire: bool, en_json: bool) -> None:
    """La page du bilan au volume national.

    Pour une chargée, une région et le pays, en rapport à une page connectée vide.
    Sort 1 si un rapport, un nombre de requêtes ou un poids dépasse sa borne.
    """
    from maillage.config.mesurer.pages import dire

    with base_a_part(BASE, refaire=refaire):
        mesures = _mesurer(echelle)
    click.echo(dire(mesures, en_json=en_json))
    if not all(mesure.tenue for mesure in mesures):
        raise SystemExit(1)


@groupe.command()
@click.option(
    "--lignes",
    default=2_000_000,
    show_default=True,
    type=click.IntRange(1_000),
    help="Associations du registre mesuré.",
)
@click.option(
    "--seulement",
    multiple=True,
    help="importer, listes, recherche ou doublons (peut se répéter).",
)
@click.option("--refaire", is_flag=True, help="Repart d'une base vide.")
@click.option("--json", "en_json", is_flag=True, help="Imprime les mesures en JSON.")
def registre(lignes: int, seulement: tuple[str, ...], refaire: bool, en_json: bool) -> None:
    """Le registre national : import, recherche, doublons, listes.

    Chacun avec sa borne, dans une base à part, sur un registre fabriqué.
    Sort 1 si une borne est dépassée.
    """
    from maillage.config.mesurer.registre import MESURES, mesurer

    if inconnues := sorted(set(seulement) - set(MESURES)):
        raise click.BadParameter(f"{', '.join(inconnues)} ; il y a {', '.join(MESURES)}.")
    with base_a_part(BASE_DU_REGISTRE, refaire=refaire):
        mesures = mesurer(lignes, seulement or tuple(MESURES))
    _dire_les_chiffres(mesures, en_json=en_json)


@groupe.command()
@click.option("--fichier", type=_FICHIER, help="Les besoins codés à juger.")
@click.option("--apprentissage", type=_FICHIER, help="Ceux d'où apprendre ; sinon, plis croisés.")
@click.option("--json", "en_json", is_flag=True, help="Imprime les mesures en JSON.")
@click.option("--signaux", type=click.IntRange(1_000), help="Mesure aussi la vitesse sur autant.")
def besoins(
    fichier: Path | None, apprentissage: Path | None, en_json: bool, signaux: int | None
) -> None:
    """Le codage et le regroupement des besoins.

    À côté de moyens simples, jugés sur les mêmes besoins codés à la main.
    Sans --fichier : celui que dit MAILLAGE_BESOINS, sinon ../shared/data/besoins_dev.csv.
    """
    from maillage.config.mesurer.besoins import FichierDeBesoins, mesurer, mesurer_la_vitesse

    fichier = fichier or Path(os.environ.get("MAILLAGE_BESOINS", _BESOINS_VOISINS))
    if not fichier.is_file():
        raise click.ClickException(
            f"Pas de besoins codés à {fichier} : donnez --fichier, ou posez MAILLAGE_BESOINS."
        )
    try:
        mesures = mesurer(fichier, apprentissage)
    except FichierDeBesoins as erreur:
        raise click.ClickException(str(erreur)) from erreur
    if signaux:
        mesures["vitesse"] = mesurer_la_vitesse(signaux)
    if en_json:
        click.echo(json.dumps(mesures, ensure_ascii=False, indent=2))
        return
    for nom, chiffres in {"maillage": mesures, **mesures["temoins"]}.items():
        paires = chiffres["paires"]
        click.echo(
            f"{nom:14} premier {chiffres['top1']:.2f} · parmi trois {chiffres['top3']:.2f} · "
            f"paires : précision {paires['precision']:.2f}, rappel {paires['rappel']:.2f}"
        )
    if signaux:
        click.echo("vitesse : {rapport} fois une vectorisation TF-IDF".format(**mesures["vitesse"]))


@groupe.command()
@click.option(
    "--graines",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="Recherches par instance, dont on prend la moyenne.",
)
@click.option("--cpsat", type=click.FloatRange(1), help="Mesure aussi CP-SAT, sur ces secondes.")
@click.option("--json", "en_json", is_flag=True, help="Imprime les mesures en JSON.")
def groupes(graines: int, cpsat: float | None, en_json: bool) -> None:
    """La constitution de groupes.

    L'écart aux meilleures valeurs connues à temps donné, ce qui se prouve, quatre cents structures.
    Se prend sur une machine au repos. Sort 1 si une borne est dépassée.
    """
    from maillage.config.mesurer.groupes import mesurer

    _dire_les_chiffres(mesurer(graines=graines, cpsat=cpsat), en_json=en_json)


def _dire_les_chiffres(mesures: dict[str, dict[str, Chiffre]], *, en_json: bool) -> None:
    """Sort 1 si une borne est dépassée."""
    if en_json:
        lus = {s: {n: c.en_json() for n, c in chiffres.items()} for s, chiffres in mesures.items()}
        click.echo(json.dumps(lus, ensure_ascii=False, indent=2))
    tous = [(s, n, c) for s, chiffres in mesures.items() for n, c in chiffres.items()]
    for sujet, nom, chiffre in () if en_json else tous:
        click.echo(f"{chiffre.verdict:8} {sujet} · {nom} : {chiffre}")
    if not all(chiffre.tenu for _, _, chiffre in tous):
        raise SystemExit(1)


def _mesurer(echelle: float) -> list[Mesure]:
    from django.test import Client
    from django.urls import reverse

    from maillage.config.mesurer.pages import VIDE, mesurer
    from maillage.config.mesurer.personnes import personnes

    clients = {}
    for qui, compte in personnes(echelle).items():
        clients[qui] = Client()
        clients[qui].force_login(compte)
    adresse = reverse("piloter:bilan")
    pages = [(qui, adresse) for qui in clients] + [("France", f"{adresse}{TOUTES}")]
    return mesurer(clients, pages, vide=VIDE)
