"""Exports : chaque valeur à sa place, aucune formule, et une mémoire qui ne suit pas les lignes."""

import csv
import tracemalloc
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from maillage.socle import exports
from maillage.socle.exports import Colonne, Export, desamorcer
from maillage.socle.quantites import Precision, Quantite

MINUIT_A_PARIS = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
EXPORT: Export[object] = Export(
    "résultats",
    [
        Colonne("valeur", "Valeur", lambda ligne: ligne),
        Colonne("fixe", "Fixe", lambda _ligne: "x"),
    ],
)
CAS: list[tuple[object, object, str]] = [
    ("Café", "Café", "Café"),
    ("=1+1", "=1+1", "'=1+1"),
    ("@SOMME(A1)", "@SOMME(A1)", "'@SOMME(A1)"),
    ("+33 1 23", "+33 1 23", "'+33 1 23"),
    ("-2", "-2", "'-2"),
    ("＝A1", "＝A1", "'＝A1"),
    ("http://exemple.fr", "http://exemple.fr", "http://exemple.fr"),
    ("01234567800012", "01234567800012", "01234567800012"),
    (Decimal("1250.5"), 1250.5, "1250,5"),
    (-3, -3.0, "-3"),
    (Quantite.inconnue("€"), "", ""),
    (Quantite(Decimal(20), Precision.ENVIRON), 20.0, "20"),
    (True, "oui", "oui"),
    (date(2026, 3, 1), date(2026, 3, 1), "01/03/2026"),
    (MINUIT_A_PARIS, date(2026, 3, 2), "02/03/2026"),
    (None, "", ""),
]


def ecrire(lignes: Iterable[object]) -> bytes:
    reponse = EXPORT.en_xlsx(lignes)
    with closing(reponse.file_to_stream):
        return reponse.getvalue()


@pytest.mark.parametrize(("valeur", "attendu", "_en_csv"), CAS)
def test_le_classeur_garde_chaque_valeur(valeur: object, attendu: object, _en_csv: str) -> None:
    contenu = ecrire([valeur])
    lignes = CalamineWorkbook.from_filelike(BytesIO(contenu)).get_sheet_by_index(0)
    assert lignes.to_python() == [["Valeur", "Fixe"], [attendu, "x"]]
    assert b"<f>" not in contenu


@pytest.mark.parametrize(("valeur", "_en_xlsx", "attendu"), CAS)
def test_le_csv_se_lit_en_francais_sans_formule(
    valeur: object, _en_xlsx: object, attendu: str
) -> None:
    reponse = EXPORT.en_csv([valeur])
    lignes = list(csv.reader(StringIO(reponse.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert lignes == [["Valeur", "Fixe"], [attendu, "x"]]
    assert "r%C3%A9sultats.csv" in reponse["Content-Disposition"]


def test_une_feuille_pleine_se_continue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "PLEINE", 2)
    livre = CalamineWorkbook.from_filelike(BytesIO(ecrire(range(5))))
    feuilles = {nom: livre.get_sheet_by_name(nom).to_python() for nom in livre.sheet_names}
    assert {nom: [int(v) for v, _ in lignes[1:]] for nom, lignes in feuilles.items()} == {
        "résultats": [0, 1],
        "résultats 2": [2, 3],
        "résultats 3": [4],
    }
    assert all(lignes[0] == ["Valeur", "Fixe"] for lignes in feuilles.values())


def test_un_export_sans_ligne_garde_ses_intitules() -> None:
    livre = CalamineWorkbook.from_filelike(BytesIO(ecrire([])))
    assert livre.get_sheet_by_index(0).to_python() == [["Valeur", "Fixe"]]
    assert EXPORT.en_csv([]).getvalue().decode("utf-8-sig") == "Valeur;Fixe\r\n"


def test_le_csv_part_a_mesure_qu_il_se_lit() -> None:
    """Le premier morceau part avant que la dernière ligne soit lue, et rien ne se perd."""
    lues: list[int] = []

    def lire() -> Iterator[object]:
        for rang in range(50_000):
            lues.append(rang)
            yield rang

    morceaux = iter(EXPORT.en_csv(lire()))
    premier = next(morceaux)
    assert 0 < len(lues) < 20_000
    lignes = (premier + b"".join(morceaux)).decode("utf-8-sig").splitlines()
    assert lignes[1:] == [f"{rang};x" for rang in range(50_000)]


def test_la_memoire_d_un_classeur_ne_suit_pas_ses_lignes() -> None:
    """Mesurée par Python lui-même : cinq fois plus de lignes, à peine plus de mémoire."""

    def pointe(combien: int) -> int:
        tracemalloc.start()
        try:
            EXPORT.en_xlsx(str(rang) for rang in range(combien)).file_to_stream.close()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    pointe(100)
    assert pointe(10_000) < 1.5 * pointe(2_000)


@given(st.text())
def test_aucun_texte_exporte_ne_commence_une_formule(texte: str) -> None:
    assert not desamorcer(texte).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
