"""Lire vite sans lire autrement : dépliage, encodage, signes comptés, doubles d'un lot."""

from __future__ import annotations

import io
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from isal import isal_zlib

from maillage.annuaire.registre.importer import blocs, verification
from maillage.annuaire.registre.importer.rna import DISPOSITIONS
from maillage.annuaire.registre.importer.sources import sources
from maillage.annuaire.registre.importer.versement import _une_par_clef
from tests.annuaire.registre.importer.fichiers import zipper

WALDEC = DISPOSITIONS[0]


def test_un_zip_se_deplie_par_isal_et_rend_les_memes_octets(tmp_path: Path) -> None:
    contenu = b"".join(sha256(b"%d" % i).digest() for i in range(100_000))
    (source,) = sources(zipper(tmp_path, {"a.csv": contenu}))
    with source.ouvrir() as flux:
        assert isinstance(flux._decompressor, type(isal_zlib.decompressobj()))  # type: ignore[attr-defined]
        assert flux.read() == contenu


@given(st.binary(), st.sampled_from([blocs.SAUT, blocs.GUILLEMET]))
def test_un_signe_se_compte_et_se_situe_comme_partout(octets: bytes, signe: int) -> None:
    assert blocs.compter(octets, signe) == octets.count(signe)
    assert list(blocs.ou(octets, signe)) == [i for i, o in enumerate(octets) if o == signe]


@given(st.text(min_size=1), st.integers(1, 7))
def test_un_caractere_fendu_entre_deux_morceaux_reste_de_l_utf8(texte: str, taille: int) -> None:
    octets = texte.replace("\0", "").replace('"', "").encode()
    encodage, _ = _parcourir(octets, taille)
    assert encodage == "utf-8"


@pytest.mark.parametrize("fin", [b"\xe9", b"caf\xe9\n", b"\xc3", b"\xf0\x9f\x98"])
@pytest.mark.parametrize("taille", [1, 3, 100])
def test_ce_qui_n_est_pas_de_l_utf8_se_lit_a_l_ancienne(fin: bytes, taille: int) -> None:
    encodage, _ = _parcourir("été ;".encode() + fin, taille)
    assert encodage == verification.ANCIEN


def _parcourir(octets: bytes, taille: int) -> tuple[str, int]:
    flux = io.BytesIO(octets)
    anciens, verification.MORCEAU = verification.MORCEAU, taille
    try:
        return verification._parcourir(flux, flux.read(taille), "a.csv")
    finally:
        verification.MORCEAU = anciens


def test_d_un_numero_ecrit_deux_fois_le_plus_recent_reste_a_sa_place() -> None:
    lignes = [("W1", 3), ("W2", 9), ("W3", 1), ("W2", 4), ("W1", 5), ("W2", 9)]
    cadre = pl.DataFrame(
        {
            "numero": [numero for numero, _ in lignes],
            "origine": ["waldec"] * len(lignes),
            "maj_le": [datetime(2026, 1, jour) for _, jour in lignes],
            "rang": range(len(lignes)),
        }
    )
    assert _une_par_clef(cadre, WALDEC)["rang"].to_list() == [2, 4, 5]
