"""RNA, SIREN, SIRET : ce qui passe, ce qui est refusé, et ce que dit le refus."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from maillage.annuaire.numeros import (
    epurer,
    luhn,
    verifier_rna,
    verifier_siren,
    verifier_siret,
)


@pytest.mark.parametrize("numero", ["W251000123", "W9T1002867", "WABC123456"])
def test_un_rna_est_w_et_neuf_caracteres(numero: str) -> None:
    verifier_rna(numero)


@pytest.mark.parametrize(
    "numero", ["251000123", "W25100012", "W2510001234", "w251000123", "W25-00012"]
)
def test_un_rna_mal_forme_montre_un_exemple(numero: str) -> None:
    with pytest.raises(ValidationError, match="W251000123"):
        verifier_rna(numero)


@pytest.mark.parametrize("numero", ["356000000", "552100554"])
def test_un_siren_juste(numero: str) -> None:
    verifier_siren(numero)


@pytest.mark.parametrize(
    ("numero", "dit"),
    [
        ("552100555", "chiffre faux"),
        ("55210055", "zéro a peut-être disparu"),
        ("5521005540", "9 chiffres"),
        ("55210055X", "9 chiffres"),
        ("٥٥٢١٠٠٥٥٤", "9 chiffres"),
    ],
)
def test_un_siren_faux_dit_pourquoi(numero: str, dit: str) -> None:
    with pytest.raises(ValidationError, match=dit):
        verifier_siren(numero)


def test_un_siret_suit_luhn() -> None:
    verifier_siret("55210055400013")
    with pytest.raises(ValidationError, match="chiffre faux"):
        verifier_siret("55210055400014")


def test_la_poste_a_sa_propre_clef() -> None:
    bureau = "35600000049837"
    assert not luhn(bureau)
    assert sum(map(int, bureau)) % 5 == 0

    verifier_siret(bureau)
    with pytest.raises(ValidationError):
        verifier_siret("35600000049838")


@pytest.mark.parametrize(
    ("texte", "epure"),
    [
        (" 552 100 554 ", "552100554"),
        ("552\u00a0100\u202f554", "552100554"),
        ("w251000123", "W251000123"),
        ("552.100.554", "552100554"),
        ("552-100-554", "552100554"),
        ("", ""),
    ],
)
def test_les_espaces_et_points_ne_comptent_pas(texte: str, epure: str) -> None:
    assert epurer(texte) == epure


@pytest.mark.parametrize(
    "texte", ["5,52101E+13", "5.5E13", "55210055400013.0", "55210055400013,00"]
)
def test_un_nombre_abime_par_un_tableur_est_explique(texte: str) -> None:
    with pytest.raises(ValidationError, match="tableur"):
        epurer(texte)
