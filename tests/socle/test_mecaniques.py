"""Emplacements, transitions, normalisation."""

from dataclasses import dataclass

import pytest

from maillage.socle.droits import Refus, exiger, permis, refuse
from maillage.socle.normalisation import normaliser
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


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("L’Œuvre", "l oeuvre"), ("  Été--INDIEN ", "ete indien"), ("Straße", "strasse"), ("", "")],
)
def test_on_cherche_sans_accents(texte: str, attendu: str) -> None:
    assert normaliser(texte) == attendu
