"""Sauvegarder et restaurer : la base et les fichiers déposés, dans une archive.

L'archive est un tar : ``base.pgdump`` (format propre à PostgreSQL, compressé) et
``fichiers/``. La restauration est tout ou rien : une transaction pour la base, puis un
renommage pour les fichiers.
"""

import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

import click

from maillage.config.embarque import serveur
from maillage.config.preparation import demarrer_base, preparer_django

DUMP = "base.pgdump"
FICHIERS = "fichiers"
ENTETE_RECENT = b"SET transaction_timeout = 0;\n"  # inconnu avant PostgreSQL 17
VIDER = b"""BEGIN;
SET LOCAL lock_timeout = '10s';
SET LOCAL client_min_messages = warning;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
COMMENT ON SCHEMA public IS 'standard public schema';
"""


@click.command()
@click.argument("fichier", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--ecraser", is_flag=True, help="Remplace le fichier s'il existe.")
def sauvegarder(fichier: Path, ecraser: bool) -> None:
    """Écrit la base et les fichiers déposés dans FICHIER (un tar, lisible de vous seul)."""
    from django.conf import settings
    from rich.console import Console

    if fichier.exists() and not ecraser:
        raise click.ClickException(f"{fichier} existe : choisissez un autre nom, ou --ecraser.")
    demarrer_base()
    preparer_django()
    with _dossier_voisin(fichier) as dossier, Console(stderr=True).status("Sauvegarde…"):
        _outil("pg_dump", "-Fc", "--no-owner", "--no-privileges", f"--file={dossier / DUMP}")
        with tarfile.open(dossier / "archive", "w") as archive:
            archive.add(dossier / DUMP, DUMP)
            if settings.MEDIA_ROOT.exists():
                archive.add(settings.MEDIA_ROOT, FICHIERS)
        (dossier / "archive").chmod(0o600)
        (dossier / "archive").replace(fichier)
    click.echo(f"Sauvegardé dans {fichier} ({fichier.stat().st_size / 1e6:.1f} Mo).")


@click.command()
@click.argument("fichier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--remplacer", is_flag=True, help="Efface ce que contient l'instance actuelle.")
def restaurer(fichier: Path, remplacer: bool) -> None:
    """Remet la base et les fichiers déposés dans l'état que garde FICHIER."""
    from django.conf import settings
    from django.db import connection
    from rich.console import Console

    demarrer_base()
    preparer_django()
    if connection.introspection.table_names() and not remplacer:
        raise click.ClickException(
            "La base n'est pas vide. Pour effacer son contenu, ajoutez --remplacer."
        )
    with connection.cursor() as curseur:
        curseur.execute("SELECT current_setting('server_version_num')::int >= 170000")
        (recent,) = curseur.fetchone()
    connection.close()
    with _dossier_voisin(settings.MEDIA_ROOT) as dossier, Console(stderr=True).status("Lecture…"):
        try:
            with tarfile.open(fichier) as archive:
                archive.extractall(dossier, filter="data")
        except tarfile.TarError as erreur:
            raise click.ClickException(f"{fichier} n'est pas une sauvegarde : {erreur}") from erreur
        _rejouer(dossier / DUMP, garder_entete=recent)
        _remplacer_fichiers(dossier / FICHIERS, settings.MEDIA_ROOT, dossier / "anciens")
    click.echo("Restauré. Si le programme est plus récent, lancez « maillage migrer ».")


def _rejouer(dump: Path, *, garder_entete: bool) -> None:
    """Rejoue l'archive dans une transaction, validée seulement si tout a été lu et écrit."""
    ecrire = [serveur().programme("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
    lire = [
        serveur().programme("pg_restore"),
        "--no-owner",
        "--no-privileges",
        "-f",
        "-",
        str(dump),
    ]
    with tempfile.TemporaryFile() as plaintes:
        with (
            subprocess.Popen(  # noqa: S603
                ecrire, stdin=subprocess.PIPE, stderr=plaintes, env=_environnement()
            ) as ecriture,
            subprocess.Popen(lire, stdout=subprocess.PIPE, stderr=plaintes) as lecture,  # noqa: S603
            suppress(BrokenPipeError),  # psql a refusé une instruction et s'est arrêté
            cast(IO[bytes], ecriture.stdin) as cible,
        ):
            cible.write(VIDER)
            _copier(cast(IO[bytes], lecture.stdout), cible, garder_entete=garder_entete)
            if lecture.wait() == 0:
                cible.write(b"COMMIT;\n")
        if lecture.returncode or ecriture.returncode:
            plaintes.seek(0)
            raise click.ClickException(
                "Rien n'a été changé, la restauration a échoué.\n"
                + plaintes.read().decode(errors="replace")
            )


def _copier(source: IO[bytes], cible: IO[bytes], *, garder_entete: bool) -> None:
    """Copie le SQL ; l'en-tête qu'un serveur ancien ignore est retiré avant les données."""
    if not garder_entete:
        for ligne in source:
            if ligne == ENTETE_RECENT:
                break
            cible.write(ligne)
    shutil.copyfileobj(source, cible)


def _remplacer_fichiers(neufs: Path, place: Path, anciens: Path) -> None:
    if place.exists():
        place.rename(anciens)
    if neufs.exists():
        neufs.rename(place)


def _outil(programme: str, *arguments: str) -> None:
    resultat = subprocess.run(  # noqa: S603
        [serveur().programme(programme), *arguments],
        env=_environnement(),
        check=False,
        capture_output=True,
        text=True,
    )
    if resultat.returncode:
        raise click.ClickException(f"{programme} a échoué.\n{resultat.stderr}")


def _environnement() -> dict[str, str]:
    """La connexion de Django dite à libpq : rien de secret sur une ligne de commande."""
    from django.db import connection

    reglages = connection.settings_dict
    connus = {nom: reglages[nom] for nom in ("HOST", "PORT", "USER", "PASSWORD") if reglages[nom]}
    connus |= {"DATABASE": reglages["NAME"]} | reglages["OPTIONS"]
    return {**os.environ, **{f"PG{nom.upper()}": str(valeur) for nom, valeur in connus.items()}}


@contextmanager
def _dossier_voisin(chemin: Path) -> Iterator[Path]:
    """Un dossier de travail privé sur le même disque que ``chemin``, pour pouvoir renommer."""
    chemin.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=chemin.parent, prefix=".maillage-") as dossier:
        yield Path(dossier)
