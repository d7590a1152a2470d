"""Le nettoyage par colonnes dit la même chose que la règle pour une valeur seule."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import polars as pl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from maillage.annuaire.numeros import verifier_siren, verifier_siret
from maillage.annuaire.registre.importer import nettoyage as n
from maillage.socle.normalisation import normaliser

TEXTES = st.lists(st.text(max_size=30), min_size=1, max_size=20)


def normalises(noms: list[str], sigles: list[str] | None = None) -> list[str]:
    cadre = pl.DataFrame(
        {"nom": noms, "sigle": sigles or [""] * len(noms)},
        schema={"nom": pl.String, "sigle": pl.String},
    )
    return n.normaliser_noms(cadre)["nom_normalise"].to_list()


@given(TEXTES)
def test_les_noms_se_normalisent_comme_partout(noms: list[str]) -> None:
    assert normalises(noms) == [normaliser(nom) for nom in noms]


def test_chaque_lettre_du_monde_se_normalise_comme_partout() -> None:
    lettres = [f"a{chr(rang)}E" for rang in range(1, 0x11000) if not 0xD800 <= rang < 0xE000]
    assert normalises(lettres) == [normaliser(lettre) for lettre in lettres]


def test_le_nom_normalise_porte_aussi_le_sigle() -> None:
    assert normalises(["L’Œuvre  des Châteaux"], ["O.D.C."]) == ["l oeuvre des chateaux o d c"]


def lit(colonne: pl.Expr, *valeurs: str) -> list[object]:
    return pl.DataFrame({"v": valeurs}).select(colonne.alias("lu"))["lu"].to_list()


def est_juste(numero: str, longueur: int) -> bool:
    try:
        (verifier_siren if longueur == 9 else verifier_siret)(numero)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("longueur", [9, 14])
@given(nombres=st.lists(st.integers(0, 10**14 - 1), min_size=1, max_size=50))
def test_une_clef_fausse_n_est_jamais_un_numero(longueur: int, nombres: list[int]) -> None:
    ecrits = [f"{nombre % 10**longueur:0{longueur}}" for nombre in nombres]
    lus = n.numeros(pl.Series(ecrits), longueur).to_list()
    assert lus == [ecrit if est_juste(ecrit, longueur) else "" for ecrit in ecrits]


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("356 000 000 00048", "35600000000048"),
        ("35600000000048.0", "35600000000048"),
        ("3899559300019", "03899559300019"),
        ("3899559300019,00", "03899559300019"),
        ("3,56E+13", ""),
        ("12345678900011", ""),
        ("néant", ""),
        ("", ""),
        ("٣٥٦٠٠٠٠٠٠٠٠٠٤٨", ""),
    ],
)
def test_un_siret_passe_par_un_tableur(ecrit: str, lu: str) -> None:
    assert n.numeros(pl.Series([ecrit]), 14).to_list() == [
        lu if not lu or est_juste(lu, 14) else ""
    ]


@pytest.mark.parametrize(
    ("ecrite", "lue"),
    [
        ("1998-03-02", date(1998, 3, 2)),
        ("02/03/1998", date(1998, 3, 2)),
        ("0001-01-01", None),
        ("2015-13-45", None),
        ("9999-12-31", None),
        ("", None),
    ],
)
def test_une_date_impossible_n_est_pas_une_date(ecrite: str, lue: date | None) -> None:
    assert lit(n.jour("v"), ecrite) == [lue]


def test_l_an_un_ne_se_signale_pas_comme_illisible() -> None:
    cadre = pl.DataFrame({"v": ["0001-01-01", "", "2015-13-45"], "lu": [None] * 3})
    assert cadre.select(x=n.jour_illisible("v", "lu"))["x"].to_list() == [False, False, True]


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("2016-01-09 12:46:10", datetime(2016, 1, 9, 11, 46, 10)),
        ("2024-03-22T14:26:06.123", datetime(2024, 3, 22, 13, 26, 6)),
        ("2016-01-09", datetime(2016, 1, 8, 23)),
        ("hier", None),
    ],
)
def test_un_instant(ecrit: str, lu: datetime | None) -> None:
    assert lit(n.instant("v"), ecrit) == [lu]


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [("1000", "01000"), ("2A004", "2A004"), ("25056", "25056"), ("00000", ""), ("25", "")],
)
def test_un_code_de_lieu_retrouve_son_zero(ecrit: str, lu: str) -> None:
    assert lit(n.code_de_lieu("v"), ecrit) == [lu]


@given(TEXTES)
def test_un_texte_tient_sur_une_ligne(textes: list[str]) -> None:
    for net in lit(n.texte("v"), *textes):
        assert isinstance(net, str)
        assert "  " not in net
        assert net == net.strip()
        assert not any(unicodedata.category(c) == "Cc" and ord(c) < 32 for c in net)
