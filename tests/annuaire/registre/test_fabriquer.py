"""Le registre fabriqué : vraies mises en forme, même graine mêmes octets, vérité consignée."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from maillage.annuaire.numeros import verifier_siret
from maillage.annuaire.registre.fabriquer.ecriture import Fabrication, fabriquer_rna
from maillage.annuaire.registre.fabriquer.formes import FORMES
from maillage.annuaire.registre.fabriquer.lieux import ALSACE_MOSELLE, repartir
from maillage.annuaire.registre.fabriquer.sirene import fabriquer_sirene

REELS = Path(__file__).parents[4] / "shared/data/rna"
Ligne = dict[str | None, str]


def _lire(fabrication: Fabrication, encodage: str) -> list[Ligne]:
    lignes: list[Ligne] = []
    with zipfile.ZipFile(fabrication.archive) as archive:
        for nom in archive.namelist():
            texte = io.StringIO(archive.read(nom).decode(encodage), newline="")
            lignes += csv.DictReader(texte, delimiter=";")
    return lignes


def _table(chemin: Path) -> list[Ligne]:
    return list(csv.DictReader(io.StringIO(chemin.read_text())))


@pytest.mark.parametrize(
    ("forme", "exemple"),
    [
        ("waldec-2026", "rna_waldec_2026style_quoted_bom.csv"),
        ("waldec-2018", "rna_sample_waldec.csv"),
        ("import", "rna_sample_import.csv"),
    ],
)
def test_l_en_tete_est_celui_du_vrai_fichier(forme: str, exemple: str) -> None:
    if not REELS.exists():
        pytest.skip("les lignes réelles du dossier partagé ne sont pas là")
    reel = (REELS / exemple).read_bytes().split(b"\n")[0] + b"\n"
    bom = b"\xef\xbb\xbf" if forme == "waldec-2026" else b""
    if forme == "waldec-2026":
        assert bom + FORMES[forme].entete.encode() == reel
    else:
        assert FORMES[forme].colonnes.encode() + b"\n" == reel


@pytest.mark.parametrize("forme", list(FORMES))
def test_meme_graine_memes_octets(forme: str, tmp_path: Path) -> None:
    a = fabriquer_rna(600, 4, tmp_path / "a", forme)
    b = fabriquer_rna(600, 4, tmp_path / "b", forme)
    autre = fabriquer_rna(600, 5, tmp_path / "c", forme)
    assert a.archive.read_bytes() == b.archive.read_bytes()
    assert a.doublons.read_bytes() == b.doublons.read_bytes()
    assert a.archive.read_bytes() != autre.archive.read_bytes()


@pytest.mark.parametrize("forme", list(FORMES))
def test_chaque_ligne_a_toutes_ses_colonnes_sauf_les_fautives(forme: str, tmp_path: Path) -> None:
    ecrit = fabriquer_rna(3000, 1, tmp_path, forme)
    lignes = _lire(ecrit, "utf-8-sig" if forme == "waldec-2026" else "iso-8859-1")
    fautives = {faute["numero"] for faute in _table(ecrit.fautes)}
    boiteuses = [li for li in lignes if None in li.values() or None in li]
    assert len(lignes) == 3000
    assert fautives
    assert {li["id"] for li in boiteuses} <= fautives
    numeros = [li["id"] for li in lignes]
    assert len(set(numeros)) == 3000


def test_les_paires_vraies_designent_des_lignes_recevables(tmp_path: Path) -> None:
    ecrit = fabriquer_rna(6000, 2, tmp_path)
    par_numero = {li["id"]: li for li in _lire(ecrit, "utf-8-sig")}
    paires = _table(ecrit.doublons)
    assert len(paires) == ecrit.paires > 60
    for paire in paires:
        a, b = par_numero[paire["numero_a"]], par_numero[paire["numero_b"]]
        assert a["id"] != b["id"]
        assert a["adrs_codeinsee"][:2] == b["adrs_codeinsee"][:2]
    assert len({paire["sorte"] for paire in paires}) >= 8


def test_les_pieges_des_vrais_fichiers_y_sont(tmp_path: Path) -> None:
    lignes = _lire(fabriquer_rna(6000, 3, tmp_path), "utf-8-sig")
    entieres = [li for li in lignes if None not in li.values()]
    assert any("\n" in li["objet"] for li in entieres)
    assert any(li["date_publi"] == "0001-01-01" for li in entieres)
    assert any(li["objet_social2"] == "000000" for li in entieres)
    assert any(li["adrs_distrib"] == "_" for li in entieres)
    sirets = [li["siret"] for li in entieres if li["siret"]]
    assert any("E+" in s or s.endswith(".0") for s in sirets)
    for siret in sirets:
        if siret.isdigit():
            verifier_siret(siret)


def test_l_alsace_moselle_est_absente_et_la_somme_juste() -> None:
    parts = repartir(12_345)
    assert sum(nombre for _, nombre in parts) == 12_345
    assert not ALSACE_MOSELLE & {departement.code for departement, _ in parts}


def test_sirene_a_le_vrai_en_tete_et_les_siren_du_rna(tmp_path: Path) -> None:
    if not REELS.exists():
        pytest.skip("les lignes réelles du dossier partagé ne sont pas là")
    reel = (REELS.parent / "sirene/StockUniteLegale_utf8.csv").read_text().splitlines()[0]
    ecrit = fabriquer_sirene(3000, 1, tmp_path)
    unites = list(csv.DictReader(io.StringIO(ecrit.read_text())))
    assert ecrit.read_text().splitlines()[0] == reel
    assert all(None not in u and None not in u.values() for u in unites)
    assert len({u["siren"] for u in unites}) == len(unites)

    rna = {li["id"]: li for li in _lire(fabriquer_rna(3000, 1, tmp_path), "utf-8-sig")}
    apparies = [u for u in unites if u["identifiantAssociationUniteLegale"] in rna]
    assert len(apparies) > 500
    for unite in apparies:
        siret = rna[unite["identifiantAssociationUniteLegale"]]["siret"]
        assert not siret.isdigit() or siret == unite["siren"] + unite["nicSiegeUniteLegale"]
    assert {"1000", "9220"} == {u["categorieJuridiqueUniteLegale"] for u in unites}
