"""``maillage demo`` : une instance d'essai complète, d'une seule commande."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from maillage.config.dossiers import dossier_donnees, preparer
from maillage.config.embarque import serveur
from maillage.config.preparation import collecter_statiques, demarrer_base, preparer_django

if TYPE_CHECKING:
    from rich.progress import Progress

TEMOIN = "demonstration"
DELAI_DE_REPONSE = 60  # secondes


@click.command()
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port où elle se lit, sur 127.0.0.1.",
)
@click.option(
    "--donnees",
    type=click.Path(file_okay=False, path_type=Path),
    help="Dossier de la démonstration.",
)
def demo(port: int, donnees: Path | None) -> None:
    """Prépare et sert une instance d'essai : territoires, cas réels, un compte par rôle.

    Une seconde exécution garde les données et sert aussitôt ; Ctrl-C arrête tout. La
    démonstration a sa propre base, même quand DATABASE_URL est défini.
    """
    for arret in (signal.SIGINT, signal.SIGTERM):  # lancée en tâche de fond, elle ignorerait Ctrl-C
        signal.signal(arret, _interrompre)
    _verifier_port(port)
    dossier = _reserver(donnees or dossier_donnees() / "demo")
    os.environ |= {"MAILLAGE_DONNEES": str(dossier), "MAILLAGE_ADRESSE": f"http://127.0.0.1:{port}"}
    os.environ.pop("DATABASE_URL", None)
    try:
        with _base():
            comptes = _preparer(dossier / TEMOIN)
            with (
                _processus(dossier / "travail.log", "travailler"),
                _processus(dossier / "serveur.log", "servir", f"--port={port}") as service,
            ):
                _attendre_reponse(port, service)
                _annoncer(port, dossier, comptes)
                # polars, une fois importé, fait reprendre une attente que SIGINT interrompait.
                signal.siginterrupt(signal.SIGINT, True)
                service.wait()
                raise click.ClickException(f"Le serveur s'est arrêté : {dossier / 'serveur.log'}")
    except KeyboardInterrupt:
        click.echo(f"\nTout est arrêté. Les données restent dans {dossier}")


def _interrompre(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _verifier_port(port: int) -> None:
    with socket.socket() as essai:
        essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            essai.bind(("127.0.0.1", port))
        except OSError as erreur:
            raise click.ClickException(
                f"Le port {port} est déjà pris : essayez « make demo PORT={port + 1} » "
                f"(ou « maillage demo --port {port + 1} »)."
            ) from erreur


def _reserver(dossier: Path) -> Path:
    """La démonstration crée des comptes aux mots de passe connus : jamais chez une vraie instance.

    Le témoin, posé avant tout, distingue un dossier à elle ; il garde aussi les étapes faites.
    """
    dossier = dossier.expanduser().resolve()
    if (dossier / "postgres").exists() and not (dossier / TEMOIN).exists():
        raise click.ClickException(
            f"{dossier} porte une instance qui n'est pas une démonstration : "
            "choisissez un autre dossier avec --donnees."
        )
    if dossier.parent == dossier_donnees():
        preparer(dossier.parent)
    (preparer(dossier) / TEMOIN).touch()
    return dossier


@contextmanager
def _base() -> Iterator[None]:
    """La base, arrêtée à la sortie si c'est nous qui l'avons démarrée."""
    demarree = demarrer_base()
    try:
        yield
    finally:
        if demarree:
            serveur().arreter()


def _preparer(temoin: Path) -> list[Any]:
    """Tables, statiques, territoires, cas, comptes ; ce qui est déjà fait n'est pas refait."""
    from django.core.management import call_command
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    preparer_django()
    from maillage.accueillir.autorisations.demonstration import creer_autorisations
    from maillage.accueillir.demonstration import creer_accueils
    from maillage.accueillir.parcours.demonstration import creer_parcours
    from maillage.annuaire.demonstration import creer_comptes
    from maillage.capitaliser.cas import importer_exemples
    from maillage.confirmer.demonstration import creer_groupes_a_composer
    from maillage.identifier.demonstration import creer_besoins
    from maillage.territoires.chargement import charger

    colonnes = (TextColumn("{task.description:<44}"), BarColumn(), TimeElapsedColumn())
    with Progress(*colonnes, console=Console(stderr=True)) as barres:
        etape = partial(_etape, barres)
        etape("Tables", lambda _: call_command("migrate", interactive=False, verbosity=0))
        etape("Fichiers statiques", lambda _: collecter_statiques())
        if "territoires" not in temoin.read_text(encoding="utf-8").split():
            etape("Territoires", charger)
            with temoin.open("a", encoding="utf-8") as suite:
                suite.write("territoires\n")
        etape("Cas", importer_exemples)
        comptes = etape("Comptes", lambda _: creer_comptes())
        etape("Accueil", lambda _: creer_accueils())
        etape("Parcours", lambda _: creer_parcours())
        etape("Groupes à composer", lambda _: creer_groupes_a_composer())
        etape("Autorisations", lambda _: creer_autorisations())
        etape("Besoins", lambda _: creer_besoins())
        return comptes


def _etape(barres: Progress, titre: str, faire: Callable[..., Any]) -> Any:
    """Une étape et sa barre ; `faire` reçoit de quoi la faire avancer."""
    barre = barres.add_task(titre, total=None)

    def avancer(fait: int, total: int, quoi: str = "") -> None:
        detail = f"{titre} : {quoi}" if quoi else titre
        barres.update(barre, completed=fait, total=total, description=detail)

    resultat = faire(avancer)
    barres.update(barre, completed=1, total=1, description=titre)
    return resultat


@contextmanager
def _processus(journal: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Une commande ``maillage`` à part, hors de portée du Ctrl-C du terminal : nous l'arrêtons."""
    with journal.open("ab") as sortie:
        processus = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "maillage.config", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=sortie,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield processus
    finally:
        processus.terminate()
        try:
            processus.wait(10)
        except subprocess.TimeoutExpired:
            processus.kill()
            processus.wait()


def _attendre_reponse(port: int, service: subprocess.Popen[bytes]) -> None:
    fin = time.monotonic() + DELAI_DE_REPONSE
    while time.monotonic() < fin and service.poll() is None:
        with (
            suppress(urllib.error.URLError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/", timeout=5),
        ):
            return
        time.sleep(0.1)
    raise click.ClickException("Le serveur ne répond pas : voyez serveur.log.")


def _annoncer(port: int, dossier: Path, comptes: list[Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    sortie = Console()
    table = Table("Rôle", "Adresse électronique", "Mot de passe", box=None, pad_edge=False)
    for compte in comptes:
        table.add_row(compte.role, compte.courriel, compte.mot_de_passe)
    sortie.print(f"\n[bold]Maillage est prêt : http://127.0.0.1:{port}/[/bold]\n")
    sortie.print(table)
    sortie.print(f"\nJournaux et courriels : {dossier}/*.log · Ctrl-C arrête tout.")
