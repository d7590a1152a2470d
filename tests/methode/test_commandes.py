"""``maillage methode verifier`` : les comptes, ou la faute et le code de sortie 1."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import maillage.methode
from maillage.methode.commandes import groupe
from tests.methode.test_comptes import CELLULES

DONNEES = Path(maillage.methode.__file__).parent / "donnees"


@pytest.fixture
def dossier_faux(tmp_path: Path) -> Path:
    """Une copie de la méthode où un point renvoie à un fait qui n'existe pas."""
    dossier = tmp_path / "donnees"
    shutil.copytree(DONNEES, dossier)
    cycle = dossier / "cycle.yaml"
    texte = cycle.read_text(encoding="utf-8")
    cycle.write_text(texte.replace("fait: budget_equilibre", "fait: magie"), encoding="utf-8")
    return dossier


def test_les_comptes_en_json() -> None:
    resultat = CliRunner().invoke(groupe, ["verifier", "--json"])
    assert resultat.exit_code == 0
    comptes = json.loads(resultat.output)
    assert comptes["cycle"]["etapes"] == 4
    assert comptes["cycle"]["demarches"] == 12
    assert comptes["cycle"]["points"] == 45
    assert comptes["cycle"]["questions"] == 137
    assert comptes["resultats"]["questions"] == 30
    assert comptes["resultats"]["groupes"] == [10, 2, 4, 3, 4, 3, 2, 2]
    assert comptes["resultats"]["cellules"] == CELLULES
    assert comptes["partenaires"]["familles"] == 4
    assert comptes["accompagnements"]["leviers"] == [7, 8]


def test_les_comptes_en_clair() -> None:
    resultat = CliRunner().invoke(groupe, ["verifier"])
    assert resultat.exit_code == 0
    assert "cycle\n  etapes : 4\n" in resultat.output
    assert "  groupes : 30 (10 + 2 + 4 + 3 + 4 + 3 + 2 + 2)\n" in resultat.output


def test_un_autre_dossier_est_controle(tmp_path: Path) -> None:
    shutil.copytree(DONNEES, tmp_path / "copie")
    resultat = CliRunner().invoke(groupe, ["verifier", "--dossier", str(tmp_path / "copie")])
    assert resultat.exit_code == 0


def test_une_faute_sort_avec_1_le_fichier_et_le_code(dossier_faux: Path) -> None:
    resultat = CliRunner().invoke(groupe, ["verifier", "--dossier", str(dossier_faux)])
    assert resultat.exit_code == 1
    assert "cycle.yaml, engager.valider.budget : fait : « magie »" in resultat.output


def test_une_faute_se_lit_aussi_en_json(dossier_faux: Path) -> None:
    arguments = ["verifier", "--json", "--dossier", str(dossier_faux)]
    resultat = CliRunner().invoke(groupe, arguments)
    assert resultat.exit_code == 1
    erreur = json.loads(resultat.stdout)["erreur"]
    assert (erreur["fichier"], erreur["code"]) == ("cycle.yaml", "engager.valider.budget")


def test_un_dossier_absent_est_une_commande_mal_ecrite(tmp_path: Path) -> None:
    arguments = ["verifier", "--dossier", str(tmp_path / "rien")]
    assert CliRunner().invoke(groupe, arguments).exit_code == 2
