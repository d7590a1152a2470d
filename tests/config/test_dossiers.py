"""Où vont les données : jamais dans un dossier personnel sous root, jamais ouvert aux autres."""

import os
from pathlib import Path

import pytest

from maillage.config import dossiers


@pytest.mark.parametrize(
    ("uid", "attendu"), [(0, "/var/lib/maillage"), (1000, "/maison/donnees/maillage")]
)
def test_le_dossier_par_defaut_depend_du_compte(
    uid: int, attendu: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAILLAGE_DONNEES", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", "/maison/donnees")
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    assert dossiers.dossier_donnees() == Path(attendu)


def test_un_dossier_choisi_l_emporte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/maison")
    monkeypatch.setenv("MAILLAGE_DONNEES", "~/essai")
    assert dossiers.dossier_donnees() == Path("/maison/essai")


@pytest.mark.parametrize(("uid", "droits"), [(0, 0o711), (1000, 0o700)])
def test_le_dossier_cree_ne_se_liste_pas(
    uid: int, droits: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    dossier = dossiers.preparer(tmp_path / "a" / "b")
    assert dossier.stat().st_mode & 0o777 == droits


def test_la_cle_ne_change_pas(tmp_path: Path) -> None:
    cle = dossiers.cle_secrete(tmp_path)
    assert dossiers.cle_secrete(tmp_path) == cle
    assert (tmp_path / "cle_secrete").stat().st_mode & 0o777 == 0o600
