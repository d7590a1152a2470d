"""Les réglages : tous documentés, sûrs une fois en https, exigeants hors essai."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.processus import environnement_nu
from tests.gabarits import DEPOT

VARIABLE = re.compile(r"\b(MAILLAGE_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL)\b")
LUES_PAR = ("src", "tests", "Makefile", ".ci/run")
PRODUCTION = {
    "DATABASE_URL": "postgresql://maillage@localhost/maillage",
    "MAILLAGE_CLE_SECRETE": "x7Kq" * 20 + "une-clé-assez-variée",
    "MAILLAGE_ADRESSE": "https://maillage.exemple.fr",
    "MAILLAGE_HSTS_SOUS_DOMAINES": "oui",
    "MAILLAGE_MANDATAIRES": "1",
}


def verifier(**variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "django",
            "check",
            "--deploy",
            "--fail-level=WARNING",
        ],
        capture_output=True,
        text=True,
        check=False,
        env=environnement_nu(DJANGO_SETTINGS_MODULE="maillage.config.settings", **variables),
    )


def test_check_deploy_n_a_rien_a_dire_en_production() -> None:
    resultat = verifier(**PRODUCTION)
    assert resultat.returncode == 0, resultat.stderr


def test_check_deploy_parle_sans_https() -> None:
    resultat = verifier(**{**PRODUCTION, "MAILLAGE_ADRESSE": "http://maillage.exemple.fr"})
    assert "security.W012" in resultat.stderr


def test_une_vraie_base_exige_une_cle() -> None:
    resultat = verifier(DATABASE_URL=PRODUCTION["DATABASE_URL"])
    assert "MAILLAGE_CLE_SECRETE manque" in resultat.stderr


def test_a_l_essai_la_cle_est_tiree_et_gardee(tmp_path: Path) -> None:
    verifier(MAILLAGE_DONNEES=str(tmp_path))
    fichier = tmp_path / "cle_secrete"
    premiere = fichier.read_text()
    assert len(premiere) >= 64
    assert fichier.stat().st_mode & 0o077 == 0
    verifier(MAILLAGE_DONNEES=str(tmp_path))
    assert fichier.read_text() == premiere


def _fichiers() -> list[Path]:
    sources: list[Path] = []
    for nom in LUES_PAR:
        chemin = DEPOT / nom
        sources += chemin.rglob("*.py") if chemin.is_dir() else [chemin]
    return [source for source in sources if source != Path(__file__).resolve()]


def test_chaque_variable_lue_est_dans_le_tableau_et_inversement() -> None:
    lues = set(VARIABLE.findall("".join(f.read_text(encoding="utf-8") for f in _fichiers())))
    guide = (DEPOT / "docs/exploitation.md").read_text(encoding="utf-8")
    lignes = re.findall(r"^\| `([A-Z_]+)` \|", guide, flags=re.MULTILINE)
    assert len(lignes) == len(set(lignes)), "une variable figure deux fois dans le tableau"
    assert set(lignes) == lues


@pytest.mark.django_db
def test_les_migrations_sont_a_jour() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
