"""Emplacements, transitions et exports."""

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from maillage.socle.droits import Refus, exiger, permis, refuse
from maillage.socle.exports import Colonne, Export, desamorcer
from maillage.socle.normalisation import normaliser
from maillage.socle.quantites import Precision, Quantite
from maillage.socle.slots import Slot
from maillage.socle.transitions import TableDeTransitions, Transition, TransitionRefusee


@pytest.fixture
def emplacement(monkeypatch: pytest.MonkeyPatch) -> Slot[[int], int]:
    monkeypatch.setattr(Slot, "tous", {})
    return Slot("essai", requetes=1)


def test_un_emplacement_rend_ce_que_chacun_y_met(emplacement: Slot[[int], int]) -> None:
    emplacement.remplir(lambda n: n * 2, cle="b")
    emplacement.remplir(lambda n: n + 1, cle="a")
    assert emplacement.cles == ["a", "b"]
    assert list(emplacement.tout(10)) == [11, 20]
    assert emplacement.pour("b", 10) == 20
    assert emplacement.pour("absent", 10) is None


def test_une_cle_ne_sert_qu_une_fois(emplacement: Slot[[int], int]) -> None:
    def fournisseur(n: int) -> int:
        return n

    emplacement.remplir(fournisseur, cle="a")
    emplacement.remplir(fournisseur, cle="a")
    with pytest.raises(ValueError, match="déjà prise"):
        emplacement.remplir(lambda n: n, cle="a")
    with pytest.raises(ValueError, match="existe déjà"):
        Slot("essai", requetes=1)


@dataclass
class Consultation:
    etat: str = "preparee"
    prete: bool = True
    ouverte_le: str = ""

    def get_etat_display(self) -> str:
        return {"preparee": "préparée", "ouverte": "ouverte"}[self.etat]


def _prete(consultation: Consultation) -> object:
    return permis("") if consultation.prete else refuse("Le cahier des charges manque.")


def _dater(consultation: Consultation) -> None:
    consultation.ouverte_le = "aujourd’hui"


TABLE = TableDeTransitions(
    "etat",
    [
        Transition(
            "ouvrir",
            de={"preparee"},
            vers="ouverte",
            libelle="Ouvrir",
            garde=_prete,  # type: ignore[arg-type]
            effet=_dater,
        )
    ],
)


def test_une_transition_change_l_etat_et_joue_son_effet() -> None:
    consultation = Consultation()
    TABLE.appliquer("ouvrir", consultation)
    assert (consultation.etat, consultation.ouverte_le) == ("ouverte", "aujourd’hui")
    assert TABLE.possibles(consultation) == []


@pytest.mark.parametrize(
    ("consultation", "nom", "message"),
    [
        (Consultation(prete=False), "ouvrir", "Le cahier des charges manque."),
        (Consultation("ouverte"), "ouvrir", "l’état est maintenant « ouverte »"),
        (Consultation(), "inventer", "n’est pas un geste connu"),
    ],
)
def test_une_transition_refusee_dit_pourquoi(
    consultation: Consultation, nom: str, message: str
) -> None:
    avant = consultation.etat
    with pytest.raises(TransitionRefusee, match=message):
        TABLE.appliquer(nom, consultation)
    assert (consultation.etat, consultation.ouverte_le) == (avant, "")


def test_ce_qui_est_possible_vient_avec_sa_raison() -> None:
    [(transition, decision)] = TABLE.possibles(Consultation(prete=False))
    assert (transition.libelle, decision.raison) == ("Ouvrir", "Le cahier des charges manque.")


def test_exiger_laisse_passer_ou_leve_le_refus() -> None:
    exiger(permis("oui"))
    with pytest.raises(Refus) as leve:
        exiger(refuse("Non.", "Demandez à Nadia."))
    assert leve.value.decision.recours == "Demandez à Nadia."


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


@pytest.mark.parametrize(("valeur", "attendu", "_en_csv"), CAS)
def test_le_classeur_garde_chaque_valeur(valeur: object, attendu: object, _en_csv: str) -> None:
    reponse = EXPORT.en_xlsx([valeur])
    lignes = CalamineWorkbook.from_filelike(BytesIO(reponse.content)).get_sheet_by_index(0)
    assert lignes.to_python() == [["Valeur", "Fixe"], [attendu, "x"]]
    assert b"<f>" not in reponse.content


@pytest.mark.parametrize(("valeur", "_en_xlsx", "attendu"), CAS)
def test_le_csv_se_lit_en_francais_sans_formule(
    valeur: object, _en_xlsx: object, attendu: str
) -> None:
    reponse = EXPORT.en_csv([valeur])
    lignes = list(csv.reader(StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert lignes == [["Valeur", "Fixe"], [attendu, "x"]]
    assert "r%C3%A9sultats.csv" in reponse["Content-Disposition"]


@given(st.text())
def test_aucun_texte_exporte_ne_commence_une_formule(texte: str) -> None:
    assert not desamorcer(texte).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("L’Œuvre", "l oeuvre"), ("  Été--INDIEN ", "ete indien"), ("Straße", "strasse"), ("", "")],
)
def test_on_cherche_sans_accents(texte: str, attendu: str) -> None:
    assert normaliser(texte) == attendu
