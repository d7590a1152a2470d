"""Lire ce qui se tape, sans base de données."""

from __future__ import annotations

import pytest

from maillage.annuaire.recherche.mots import a_une_faute, formes, lire


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("Asso du Théâtre", ("theatre",)),
        ("L’Œuvre-des Pins ", ("oeuvre", "pins")),
        ("association", ("association",)),
        ("A.S.P.T.T. Besançon", ("asptt", "besancon")),
        ("théâtre THEATRE", ("theatre",)),
        ("à la", ("a", "la")),
        (" ! ", ()),
        ("", ()),
    ],
)
def test_les_mots_utiles(texte: str, mots: tuple[str, ...]) -> None:
    assert lire(texte).mots == mots


@pytest.mark.parametrize(
    ("texte", "en_cours"),
    [("theat", True), ("theatre ", False), ("theatre de", False), ("", False)],
)
def test_le_dernier_mot_se_tape_encore(texte: str, en_cours: bool) -> None:
    assert lire(texte).en_cours is en_cours


@pytest.mark.parametrize(
    ("texte", "numero"),
    [
        ("W251 000 123", "W251000123"),
        ("w9t1002867", "W9T1002867"),
        ("552 100 554", "552100554"),
        ("552 100 554 00013", "55210055400013"),
        ("55210", ""),
        ("25000 besancon", ""),
        ("waldeck", ""),
    ],
)
def test_un_numero_se_reconnait_avec_ou_sans_espaces(texte: str, numero: str) -> None:
    assert lire(texte).numero == numero


@pytest.mark.parametrize(
    ("mot", "autre"),
    [
        ("jeunes", "jeune"),
        ("jeune", "jeunes"),
        ("jeu", "jeux"),
        ("chevaux", "cheval"),
        ("cheval", "chevaux"),
        ("st", "saint"),
    ],
)
def test_une_forme_en_vaut_une_autre(mot: str, autre: str) -> None:
    assert autre in formes(mot)


@pytest.mark.parametrize(
    "faute", ["theatr", "theattre", "thiatre", "thaetre", "heatre", "theatrex"]
)
def test_une_faute_de_frappe(faute: str) -> None:
    assert a_une_faute(faute, "theatre")
    assert a_une_faute("theatre", faute)


@pytest.mark.parametrize("autre", ["theatre", "theat", "tehater", "thattre e", "taehtre", ""])
def test_ni_aucune_ni_deux(autre: str) -> None:
    assert not a_une_faute(autre, "theatre")
