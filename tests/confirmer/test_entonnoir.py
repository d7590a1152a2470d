"""L'entonnoir : ce que l'on sait, ce qui est déclaré, ce qui se déduit."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from maillage.confirmer.calculs.entonnoir import Declare, raconter, tracer
from maillage.socle.quantites import Precision, Quantite

PALIERS = [
    ("reperee", "repérées"),
    ("contactee", "contactées"),
    ("interessee", "intéressées"),
    ("retenue", "retenues"),
]
VINGT_SEPT = Declare(Quantite(Decimal(27)), "venues à la journée de sensibilisation")


def test_un_palier_compte_toutes_celles_qui_l_ont_atteint() -> None:
    marches = tracer(PALIERS, ["reperee", "contactee", "contactee", "retenue"], {})
    assert [m.compte.valeur for m in marches] == [4, 3, 1, 1]


def test_doubs_27_declarees_10_retenues() -> None:
    marches = tracer(PALIERS, ["retenue"] * 10, {"contactee": VINGT_SEPT})
    assert [str(m.compte) for m in marches] == ["au moins 27", "27", "10", "10"]
    assert [m.deduit for m in marches] == [True, False, False, False]
    assert (
        marches[1].detail
        == "venues à la journée de sensibilisation\u00a0; 10 nommées dans le dossier"
    )
    assert raconter(marches) == "27 contactées, 10 intéressées, 10 retenues"


def test_sans_liste_ni_declaration_rien_n_est_affirme() -> None:
    marches = tracer(PALIERS, [], {"contactee": VINGT_SEPT})
    assert [m.compte.connue for m in marches] == [True, True, False, False]
    assert raconter(marches) == "27 contactées"
    assert raconter(tracer(PALIERS, [], {})) == ""


def test_une_liste_tenue_dit_zero() -> None:
    marches = tracer(PALIERS, ["reperee"], {})
    assert [m.compte for m in marches][1:] == [Quantite(Decimal(0))] * 3


def test_un_declare_approche_le_reste_et_un_declare_depasse_cede() -> None:
    vingtaine = Declare(Quantite(Decimal(20), Precision.ENVIRON))
    assert str(tracer(PALIERS, [], {"retenue": vingtaine})[3].compte) == "environ 20"
    assert str(tracer(PALIERS, ["retenue"] * 21, {"retenue": vingtaine})[3].compte) == "21"
    inconnu = Declare(Quantite.inconnue())
    assert str(tracer(PALIERS, ["retenue"], {"retenue": inconnu})[3].compte) == "1"


@given(st.lists(st.sampled_from([code for code, _ in PALIERS]), max_size=60))
def test_l_entonnoir_ne_s_elargit_jamais(atteints: list[str]) -> None:
    comptes = [m.compte.valeur or 0 for m in tracer(PALIERS, atteints, {"interessee": VINGT_SEPT})]
    assert comptes == sorted(comptes, reverse=True)
