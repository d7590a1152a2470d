"""La roue : tout ce qu'il faut pour servir, sans dépôt à côté."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from maillage.config import actifs
from tests.gabarits import DEPOT

PIECES = DEPOT / "src/maillage"


@pytest.fixture(scope="session")
def roue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La roue construite depuis le dépôt tel qu'il est, actifs assemblés."""
    actifs.construire()
    sortie = tmp_path_factory.mktemp("roue")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", sortie, DEPOT],
        check=True,
        capture_output=True,
    )
    (construite,) = sortie.glob("*.whl")
    return construite


def test_la_roue_porte_tout_ce_que_le_depot_contient(roue: Path) -> None:
    portes = {nom for nom in zipfile.ZipFile(roue).namelist() if nom.startswith("maillage/")}
    attendus = {
        f"maillage/{chemin.relative_to(PIECES)}"
        for chemin in PIECES.rglob("*")
        if chemin.is_file() and "__pycache__" not in chemin.parts
    }
    assert attendus - portes == set()


@pytest.mark.parametrize(
    "motif",
    [
        "maillage/socle/static/vendor/maillage.css",
        "maillage/socle/static/vendor/maillage.mjs",
        "maillage/socle/static/vendor/polices/*.woff2",
        "maillage/socle/static/vendor/decoupage/communes.json.gz",
        "maillage/methode/donnees/*.yaml",
        "maillage/capitaliser/cas/publies/doubs-*.yaml",
        "maillage/socle/templates/base.html",
        "maillage-*.dist-info/licenses/LICENSE",
    ],
)
def test_la_roue_porte(roue: Path, motif: str) -> None:
    assert any(Path(nom).match(motif) for nom in zipfile.ZipFile(roue).namelist())


def test_la_roue_se_lance_sans_depot(roue: Path, tmp_path: Path) -> None:
    """Dépliée ailleurs, loin du dépôt : Django la vérifie et collecte ses fichiers statiques."""
    zipfile.ZipFile(roue).extractall(tmp_path / "roue")
    execution = subprocess.run(
        [sys.executable, "-c", SERVIR],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(tmp_path / "roue"),
            "MAILLAGE_DONNEES": str(tmp_path / "donnees"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert execution.returncode == 0, execution.stderr
    lieu, css, page = execution.stdout.splitlines()
    assert lieu.startswith(str(tmp_path))
    assert css == "200"
    assert page == "200"


SERVIR = """
import sys

import maillage
from maillage.config.preparation import collecter_statiques, preparer_django

preparer_django()
assert collecter_statiques()
assert not collecter_statiques()
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client

call_command("check", stdout=sys.stderr)
client = Client(SERVER_NAME="localhost")
print(maillage.__file__)
print(client.get(staticfiles_storage.url("vendor/maillage.css")).status_code)
print(client.get("/compte/login/").status_code)
"""
