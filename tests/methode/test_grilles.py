"""Les grilles du diagnostic : celle en service, et celles d'avant."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from maillage import methode
from maillage.methode.chargement import charger_grilles

EN_SERVICE = files("maillage.methode") / "donnees" / "diagnostic.yaml"


def deposer(dossier: Path, version: int, ancienne: str = "") -> None:
    """Écrit la grille en service en cette version, et au besoin une ancienne, sous ce nom."""
    texte = EN_SERVICE.read_text(encoding="utf-8")
    suivante = texte.replace("version: 1\n", f"version: {version}\n")
    (dossier / "diagnostic.yaml").write_text(suivante, encoding="utf-8")
    if ancienne:
        (dossier / "anciennes").mkdir()
        (dossier / "anciennes" / ancienne).write_text(texte, encoding="utf-8")


def test_la_grille_en_service_est_la_plus_recente(tmp_path: Path) -> None:
    deposer(tmp_path, 2, "diagnostic-1.yaml")
    grilles = charger_grilles(tmp_path)
    assert sorted(grilles) == [1, 2]
    assert [d.code for d in grilles[1].domaines] == [d.code for d in grilles[2].domaines]


@pytest.mark.parametrize(
    ("version", "ancienne"),
    [(1, "diagnostic-1.yaml"), (2, "diagnostic-7.yaml")],
    ids=["version déjà prise", "nom qui dit une autre version"],
)
def test_une_ancienne_grille_dit_sa_version(tmp_path: Path, version: int, ancienne: str) -> None:
    deposer(tmp_path, version, ancienne)
    with pytest.raises(methode.MethodeInvalide, match="version 1"):
        charger_grilles(tmp_path)


def test_une_version_perdue_se_lit_sur_la_grille_en_service() -> None:
    assert methode.grille_de_diagnostic(999) is methode.diagnostic()
    assert methode.grille_de_diagnostic(methode.diagnostic().version).domaines
