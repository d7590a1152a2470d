"""La mesure du codage : ses chiffres, ses témoins, ses refus."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from maillage.config.mesurer.besoins.juges import Jugement, paires
from maillage.config.mesurer.besoins.lecture import COLONNES, Ligne, lire, plier
from maillage.config.mesurer.besoins.temoins import agglomerer
from maillage.config.mesurer.commandes import groupe

BESOINS = [
    ("la banque refuse notre emprunt", "finances.banque", "G1"),
    ("pas de garantie, pas de prêt bancaire", "finances.banque", "G1"),
    ("le crédit nous est refusé par la banque", "finances.banque", "G1"),
    ("la chaudière est morte, la facture de gaz double", "ecologie.energie", "G2"),
    ("isoler la salle pour baisser la facture d’électricité", "ecologie.energie", "G2"),
    ("on a froid, radiateurs et fenêtres sont à changer", "ecologie.energie", "G2"),
    ("personne ne parle plus à personne, conflit ouvert", "emploi.conflits", ""),
]


def ligne(rang: int, texte: str, theme: str, groupe: str) -> Ligne:
    return Ligne(f"B{rang}", texte, "structure", "sport", "59", "2026-01-02", theme, "", groupe)


@pytest.fixture
def fichier(tmp_path: Path) -> Path:
    chemin = tmp_path / "besoins.csv"
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        ecrivain = csv.writer(flux)
        ecrivain.writerow(COLONNES)
        for rang, besoin in enumerate(BESOINS):
            lue = ligne(rang, *besoin)
            ecrivain.writerow([getattr(lue, colonne) for colonne in COLONNES])
    return chemin


@pytest.mark.parametrize("apprendre", [False, True])
def test_la_commande_rend_les_chiffres_et_leurs_temoins(fichier: Path, apprendre: bool) -> None:
    options = ["--apprentissage", str(fichier)] if apprendre else []
    resultat = CliRunner().invoke(
        groupe, ["besoins", "--fichier", str(fichier), *options, "--json"]
    )
    assert resultat.exit_code == 0, resultat.output
    mesures = json.loads(resultat.output)
    assert mesures["top1"] == mesures["top3"] == 1
    assert mesures["paires"]["precision"] == 1
    assert mesures["paires"]["rappel"] > 0
    assert set(mesures["temoins"]) == {"lexique_seul", "voisin_tfidf", "definitions"}
    for temoin in mesures["temoins"].values():
        assert set(temoin) == {"top1", "top3", "paires"}
        assert set(temoin["paires"]) == {"precision", "rappel"}


def test_sans_json_une_ligne_par_moyen(fichier: Path) -> None:
    resultat = CliRunner().invoke(groupe, ["besoins"], env={"MAILLAGE_BESOINS": str(fichier)})
    assert [mots.split()[0] for mots in resultat.output.splitlines()] == [
        "maillage", "lexique_seul", "voisin_tfidf", "definitions",
    ]  # fmt: skip


def test_la_vitesse_se_dit_en_fois_tfidf(fichier: Path) -> None:
    options = ["besoins", "--fichier", str(fichier), "--signaux", "1000", "--json"]
    vitesse = json.loads(CliRunner().invoke(groupe, options).output)["vitesse"]
    assert vitesse["signaux"] == 1000
    assert vitesse["groupes"] > 0
    assert vitesse["rapport"] > 0


def test_sans_fichier_on_dit_comment_en_donner_un(tmp_path: Path) -> None:
    absent = {"MAILLAGE_BESOINS": str(tmp_path / "absent.csv")}
    resultat = CliRunner().invoke(groupe, ["besoins"], env=absent)
    assert resultat.exit_code == 1
    assert "donnez --fichier" in resultat.output


def test_un_fichier_sans_ses_colonnes_est_refuse(tmp_path: Path) -> None:
    chemin = tmp_path / "faux.csv"
    chemin.write_text("id,texte\n1,bonjour\n", encoding="utf-8")
    resultat = CliRunner().invoke(groupe, ["besoins", "--fichier", str(chemin)])
    assert resultat.exit_code == 1
    assert "theme" in resultat.output


def test_les_plis_sont_stables_et_repartissent_chaque_theme(fichier: Path) -> None:
    lues = lire(fichier)
    parts = plier(lues)
    assert sorted(x.id for _, juges in parts for x in juges) == sorted(x.id for x in lues)
    assert parts == plier(lues)
    for appris, juges in parts:
        assert not {x.id for x in appris} & {x.id for x in juges}
        assert sum(x.theme == "finances.banque" for x in juges) <= 1


def test_les_paires_se_comptent() -> None:
    assert paires(["x", "x", "x", None], [1, 1, None, 1]) == {"precision": 0.3333, "rappel": 0.3333}
    assert paires(["x", "x"], [None, None]) == {"precision": 0.0, "rappel": 0.0}


def test_le_second_theme_ne_compte_que_pour_la_variante_tolerante() -> None:
    besoin = Ligne("1", "", "", "", "", "", "a.a", "b.b", "")
    jugement = Jugement(lignes=[besoin], ordres=[["b.b", "c.c", "a.a"]])
    assert (jugement.part(1), jugement.part(3), jugement.part(1, tolerant=True)) == (0, 1, 1)


def test_l_agglomeration_reunit_les_textes_semblables() -> None:
    un, autre, ailleurs = agglomerer(["prêt de banque", "banque et prêt", "vieux gymnase"])
    assert un == autre != ailleurs
