"""La cascade et la comparaison, calculées sans base : ce qui doit tenir quoi qu'on y mette."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.identifier.ciblage.calculs.cascade import (
    Regle,
    additionner,
    cascader,
    inconnus,
    refusants,
)
from maillage.identifier.ciblage.calculs.comparaison import Tirage, comparer

SECTEUR, BUDGET = Regle("secteur"), Regle("budget", garder_inconnues=False)


@st.composite
def tirages(tirer: st.DrawFn) -> tuple[list[Regle], dict[str, int]]:
    """Des critères quelconques, et des structures qui y répondent n'importe comment."""
    gardes = tirer(st.lists(st.booleans(), max_size=5))
    regles = [Regle(f"c{rang}", garder) for rang, garder in enumerate(gardes)]
    profil = st.text("oni", min_size=len(regles), max_size=len(regles))
    return regles, tirer(st.dictionaries(profil, st.integers(1, 50), max_size=12))


@given(tirages())
def test_ce_qui_entre_repond_est_ecarte_ou_ignore(
    tirage: tuple[list[Regle], dict[str, int]],
) -> None:
    regles, profils = tirage
    vue = cascader(regles, profils)
    entrees = vue.regardees
    for etape in vue.etapes:
        assert etape.entrees == entrees
        assert etape.entrees == etape.repondent + etape.ecartees + etape.inconnues
        assert etape.restent == etape.repondent + (etape.inconnues - etape.perdues)
        entrees = etape.restent
    assert vue.retenues == entrees
    assert vue.retenues == sum(n for p, n in profils.items() if not refusants(regles, p))


@given(tirages(), st.randoms(use_true_random=False))
def test_l_ordre_des_criteres_ne_change_pas_l_ensemble(
    tirage: tuple[list[Regle], dict[str, int]], hasard: object
) -> None:
    regles, profils = tirage
    ordre = list(range(len(regles)))
    hasard.shuffle(ordre)  # type: ignore[attr-defined]
    melees = {"".join(p[rang] for rang in ordre): n for p, n in profils.items()}
    droite, melee = cascader(regles, profils), cascader([regles[r] for r in ordre], melees)
    assert (droite.retenues, droite.a_verifier) == (melee.retenues, melee.a_verifier)
    assert {e.code: e.seul for e in droite.etapes} == {e.code: e.seul for e in melee.etapes}


@given(tirages())
def test_retirer_un_critere_rend_celles_qu_il_ecartait_seul(
    tirage: tuple[list[Regle], dict[str, int]],
) -> None:
    regles, profils = tirage
    vue = cascader(regles, profils)
    for rang, etape in enumerate(vue.etapes):
        sans = additionner([(p[:rang] + p[rang + 1 :], n) for p, n in profils.items()])
        assert cascader(regles[:rang] + regles[rang + 1 :], sans).retenues == (
            vue.retenues + etape.seul
        )


def test_inconnu_n_est_pas_non() -> None:
    vue = cascader([SECTEUR, BUDGET], {"oo": 3, "io": 2, "oi": 4, "no": 1, "ni": 1})
    secteur, budget = vue.etapes
    assert (secteur.repondent, secteur.ecartees, secteur.inconnues, secteur.perdues) == (7, 2, 2, 0)
    assert (budget.entrees, budget.ecartees, budget.inconnues, budget.perdues) == (9, 0, 4, 4)
    assert (vue.retenues, vue.a_verifier, budget.seul, secteur.seul) == (5, 2, 4, 1)
    assert inconnus([SECTEUR, BUDGET], "io") == ["secteur"]


def test_un_profil_de_mauvaise_longueur_est_refuse() -> None:
    with pytest.raises(ValueError, match="un verdict par critère"):
        cascader([SECTEUR], {"oo": 1})


def test_sans_critere_tout_reste() -> None:
    vue = cascader([], {"": 12})
    assert (vue.regardees, vue.retenues, vue.etapes) == (12, 12, ())


def _tirage(retenues: str, ecartees: dict[str, str], **criteres: object) -> Tirage:
    return Tirage((SECTEUR, BUDGET), criteres, dict.fromkeys(retenues, "oo"), ecartees)


def test_une_structure_entree_dit_ce_qui_l_ecartait() -> None:
    avant = _tirage("ab", {"c": "ni", "d": "oi"}, secteur=1, budget=1)
    apres = _tirage("acde", {"b": "no"}, secteur=1, budget=2)
    ecart = comparer(avant, apres)
    dits = {m.cle: (m.regardee, m.criteres) for m in (*ecart.entrees, *ecart.sorties)}
    assert dits == {
        "c": (True, (("secteur", False), ("budget", True))),
        "d": (True, (("budget", True),)),
        "e": (False, ()),
        "b": (True, (("secteur", False),)),
    }
    assert (ecart.restees, ecart.changes, ecart.cadre_change) == (1, ("budget",), False)


def test_rejouer_sans_que_rien_ne_bouge_ne_dit_rien() -> None:
    assert not comparer(_tirage("ab", {}), _tirage("ab", {}))
    ecart = comparer(_tirage("ab", {}, secteur=1), _tirage("ab", {}))
    assert ecart
    assert ecart.changes == ("secteur",)
