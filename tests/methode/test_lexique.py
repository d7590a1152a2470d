"""Le lexique se tient, et un fichier faux est refusé avec son nom, le code et la raison."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import maillage.methode
from maillage import methode
from maillage.methode import MethodeInvalide
from maillage.methode.lexique import charger_lexique

DONNEES = Path(maillage.methode.__file__).parent / "donnees"


def test_chaque_theme_a_de_quoi_etre_reconnu() -> None:
    lexique = methode.lexique_des_besoins()
    assert [t.code for t in lexique.themes] == [t.code for t in methode.themes().themes]
    for theme in lexique.themes:
        assert len(theme.fort) >= 20, theme.code
        assert len(list(theme.pesees())) >= 50, theme.code


@pytest.mark.parametrize(
    ("fichier", "cherche", "remplace", "code", "raison"),
    [
        ("projet", "code: essaimer", "code: essaims", "projet.essaims", "absent de la nomen"),
        ("projet", "code: essaimer", "code: redefinir", "projet.redefinir", "écrit deux fois"),
        ("projet", "[essaimage, ", "[essaimage, ESSAIMAGE, ", "projet.essaimer", "deux fois (fort"),
        ("projet", "[essaimage, ", "[…, ", "projet.essaimer", "n’a pas de mot"),
        ("projet", "[essaimage, ", "[66, ", "projet.essaimer", "un texte attendu"),
        ("projet", "version: 1", "version: un", "projet", "nombre entier"),
        ("facettes", "theme: projet.essaimer", "theme: rien", "rien", "absent de la nomen"),
        ("facettes", "theme: projet.essaimer", "theme: projet.redefinir", "projet.redefinir",
         "écrit deux fois"),
        ("equivalences", "formes:", "forme:", "lexique/equivalences", "champ inconnu : forme"),
    ],
)  # fmt: skip
def test_un_fichier_faux_est_refuse(
    tmp_path: Path, fichier: str, cherche: str, remplace: str, code: str, raison: str
) -> None:
    dossier = tmp_path / "donnees"
    shutil.copytree(DONNEES, dossier)
    chemin = dossier / "lexique" / f"{fichier}.yaml"
    avant = chemin.read_text(encoding="utf-8")
    assert cherche in avant
    chemin.write_text(avant.replace(cherche, remplace, 1), encoding="utf-8")
    with pytest.raises(MethodeInvalide) as refus:
        charger_lexique(dossier, methode.themes())
    assert refus.value.fichier == f"lexique/{fichier}.yaml"
    assert refus.value.code == code
    assert raison in refus.value.raison


def test_un_theme_oublie_est_refuse(tmp_path: Path) -> None:
    dossier = tmp_path / "donnees"
    shutil.copytree(DONNEES, dossier)
    chemin = dossier / "lexique" / "ecologie.yaml"
    texte = chemin.read_text(encoding="utf-8")
    chemin.write_text(texte[: texte.index("  - code: mobilite")], encoding="utf-8")
    with pytest.raises(MethodeInvalide, match=r"ecologie\.mobilite : thème sans expression"):
        charger_lexique(dossier, methode.themes())
