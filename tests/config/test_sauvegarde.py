"""Sauvegarder puis restaurer rend la même instance, ou ne change rien."""

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from pytest_django import Settings

from maillage.config import sauvegarde
from maillage.config.embarque import serveur
from maillage.socle.models import Utilisateur

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _dossiers(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "fichiers"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    Utilisateur.objects.create_user("claire@exemple.fr", nom_affiche="Claire « l'Œuvre » Été")
    default_storage.save("documents/compte-rendu.txt", ContentFile("réunion".encode()))
    chemin = tmp_path / "instance.tar"
    assert lancer(sauvegarde.sauvegarder, str(chemin)).exit_code == 0
    return chemin


def lancer(commande: object, *arguments: str) -> Result:
    connection.close()
    return CliRunner().invoke(commande, arguments)  # type: ignore[arg-type]


OBJETS = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT obj_description('public'::regnamespace)
    ORDER BY 1
"""


def contenu() -> tuple[list[str], list[tuple[str]]]:
    """Toutes les lignes de toutes les tables, et le nom de chaque objet de la base.

    PostgreSQL réécrit l'expression d'une contrainte en la relisant : on en compare le nom.
    """
    donnees = subprocess.run(
        [serveur().programme("pg_dump"), "--data-only", "--no-owner", "--inserts"],
        env=sauvegarde._environnement(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    with connection.cursor() as curseur:
        curseur.execute(OBJETS)
        objets = curseur.fetchall()
    lignes = sorted(ligne for ligne in donnees.splitlines() if not ligne.startswith("\\"))
    return lignes, objets


def test_l_aller_retour_est_identique(archive: Path, settings: Settings) -> None:
    avant = contenu()
    Utilisateur.objects.update(nom_affiche="perdu")
    default_storage.delete("documents/compte-rendu.txt")
    default_storage.save("documents/en-trop.txt", ContentFile(b"x"))

    resultat = lancer(sauvegarde.restaurer, str(archive), "--remplacer")

    assert resultat.exit_code == 0, resultat.output
    assert contenu() == avant
    fichiers = [f for f in settings.MEDIA_ROOT.rglob("*") if f.is_file()]
    assert [f.name for f in fichiers] == ["compte-rendu.txt"]
    assert fichiers[0].read_text() == "réunion"


def test_l_archive_n_est_lisible_que_de_nous(archive: Path) -> None:
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as contenant:
        assert "base.pgdump" in contenant.getnames()


def test_on_n_efface_rien_sans_le_dire(archive: Path) -> None:
    resultat = lancer(sauvegarde.restaurer, str(archive))
    assert resultat.exit_code == 1
    assert "--remplacer" in resultat.output
    assert Utilisateur.objects.count() == 1


def test_on_n_ecrase_pas_une_sauvegarde_sans_le_dire(archive: Path) -> None:
    resultat = lancer(sauvegarde.sauvegarder, str(archive))
    assert resultat.exit_code == 1
    assert lancer(sauvegarde.sauvegarder, str(archive), "--ecraser").exit_code == 0


def test_une_archive_abimee_ne_change_rien(archive: Path, tmp_path: Path) -> None:
    avant = contenu()
    abimee = tmp_path / "abimee.tar"
    with tarfile.open(archive) as bonne, tarfile.open(abimee, "w") as mauvaise:
        bonne.extract("base.pgdump", tmp_path, filter="data")
        dump = tmp_path / "base.pgdump"
        dump.write_bytes(dump.read_bytes()[:-2_000])
        mauvaise.add(dump, "base.pgdump")
    resultat = lancer(sauvegarde.restaurer, str(abimee), "--remplacer")
    assert resultat.exit_code == 1
    assert "Rien n'a été changé" in resultat.output
    assert contenu() == avant


def test_ce_qui_n_est_pas_une_sauvegarde_est_refuse(tmp_path: Path) -> None:
    autre = tmp_path / "note.txt"
    autre.write_text("bonjour")
    resultat = lancer(sauvegarde.restaurer, str(autre), "--remplacer")
    assert resultat.exit_code == 1
    assert "n'est pas une sauvegarde" in resultat.output


def test_un_serveur_ancien_ignore_l_entete_recent() -> None:
    source = b"SET a = 0;\nSET transaction_timeout = 0;\nCOPY x;\nSET transaction_timeout = 0;\n"
    ancien, recent = BytesIO(), BytesIO()
    sauvegarde._copier(BytesIO(source), ancien, garder_entete=False)
    sauvegarde._copier(BytesIO(source), recent, garder_entete=True)
    assert ancien.getvalue() == b"SET a = 0;\nCOPY x;\nSET transaction_timeout = 0;\n"
    assert recent.getvalue() == source
