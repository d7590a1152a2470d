"""`maillage groupes resoudre` : le format, ses refus, sa réponse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from maillage.confirmer.calculs.groupes import ProblemeInvalide, lire
from maillage.confirmer.calculs.groupes.commandes import groupe

PETIT: dict[str, Any] = {
    "n": 4,
    "groupes": [{"min": 2, "max": 2}, {"min": 2, "max": 2}],
    "affinites": [[0, 1, 3], [2, 3, 2], [0, 2, 10]],
    "preferences": [[0, 1, 0.5]],
    "ensemble": [],
    "incompatibles": [[0, 2]],
    "moteurs": [0],
    "moteur_poids": 1,
    "facultatif": None,
}


def test_la_reponse_est_en_json(tmp_path: Path) -> None:
    fichier = tmp_path / "petit.json"
    fichier.write_text(json.dumps(PETIT))
    sortie = CliRunner().invoke(groupe, ["resoudre", str(fichier), "--json"])
    assert sortie.exit_code == 0
    reponse = json.loads(sortie.output)
    assert set(reponse) == {"groupes", "objectif", "borne", "statut", "secondes", "iterations"}
    assert reponse["groupes"] == [1, 1, 0, 0]
    assert reponse["objectif"] == reponse["borne"] == 6.5
    assert reponse["statut"] == "optimal"


def test_la_reponse_se_lit_aussi_en_phrases(tmp_path: Path) -> None:
    fichier = tmp_path / "petit.json"
    fichier.write_text(json.dumps(PETIT))
    sortie = CliRunner().invoke(groupe, ["resoudre", str(fichier)])
    assert "groupe 1 : 0, 1" in sortie.output
    assert "c’est prouvé" in sortie.output


def test_sans_repartition_la_commande_sort_1(tmp_path: Path) -> None:
    fichier = tmp_path / "petit.json"
    fichier.write_text(json.dumps(PETIT | {"ensemble": [[0, 2]]}))
    sortie = CliRunner().invoke(groupe, ["resoudre", str(fichier), "--json"])
    assert sortie.exit_code == 1
    dite = json.loads(sortie.output)
    assert dite["statut"] == "impossible"
    assert {c["sorte"] for c in dite["conflit"]} >= {"ensemble"}
    assert (
        "0 et 2 doivent être ensemble"
        in CliRunner().invoke(groupe, ["resoudre", str(fichier)]).output
    )


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"groupes": [3]}, "groupes[0]"),
        ({"n": 0}, "n : un entier"),
        ({"n": True}, "n : un entier"),
        ({"groupes": []}, "groupes"),
        ({"groupes": [{"min": 3, "max": 2}]}, "min 3 dépasse max 2"),
        ({"affinites": [[0, 4, 1]]}, "affinites[0]"),
        ({"affinites": [[1, 1, 1]]}, "elle-même"),
        ({"affinites": [[0, 1]]}, "trois valeurs"),
        ({"affinites": [[0, 1, "x"]]}, "nombre fini"),
        ({"affinites": {}}, "affinites : une liste"),
        ({"preferences": [[0, 2, 1]]}, "preferences[0]"),
        ({"ensemble": [[0, 0]]}, "deux structures différentes"),
        ({"incompatibles": [[0, -1]]}, "incompatibles[0]"),
        ({"moteurs": [9]}, "moteurs"),
        ({"facultatif": "non"}, "facultatif"),
        ({"poids": 3}, "Clé inconnue : poids"),
    ],
)
def test_un_fichier_fautif_dit_ou(change: dict[str, Any], dit: str) -> None:
    with pytest.raises(ProblemeInvalide) as refus:
        lire(json.dumps(PETIT | change))
    assert dit in str(refus.value)


@pytest.mark.parametrize("texte", ["", "[", "[]", '{"n": 3, "affinites": [[0, 1, NaN]]}'])
def test_ce_qui_n_est_pas_un_probleme_est_refuse(texte: str) -> None:
    with pytest.raises(ProblemeInvalide):
        lire(texte)
