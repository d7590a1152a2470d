"""Quelles que soient les décisions, le regroupement les respecte et ne dépend pas de l'ordre."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from maillage.identifier.regroupement.calculs import Decisions, regrouper
from maillage.identifier.regroupement.calculs.apparier import apparier
from tests.identifier.regroupement.test_groupes import situe

MEMBRES = [f"{i:02}" for i in range(12)]
PAIRES = list(combinations(MEMBRES, 2))


@st.composite
def mondes(draw: st.DrawFn) -> tuple[list[str], list[tuple[str, str]], list[tuple[str, str]]]:
    """Une facette par besoin, des paires réunies, des paires séparées."""
    facettes = draw(st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=12, max_size=12))
    paires = st.lists(st.sampled_from(PAIRES), max_size=14, unique=True)
    return facettes, draw(paires), draw(paires)


def liens(paires: list[tuple[str, str]]) -> dict[str, set[str]]:
    """Qui est réuni à qui, de proche en proche."""
    blocs = {m: {m} for m in MEMBRES}
    for un, autre in paires:
        reunis = blocs[un] | blocs[autre]
        for membre in reunis:
            blocs[membre] = reunis
    return blocs


@given(mondes())
def test_le_regroupement_respecte_toutes_les_decisions(
    monde: tuple[list[str], list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    facettes, ensemble, separes = monde
    situes = [situe(m, facette=f) for m, f in zip(MEMBRES, facettes, strict=True)]
    decisions = Decisions(frozenset(ensemble), frozenset(separes))
    proposes = regrouper(situes, decisions)
    de = {m: rang for rang, groupe in enumerate(proposes) for m in groupe.membres}
    assert len(de) == sum(len(groupe.membres) for groupe in proposes)
    for un, autre in separes:
        assert un not in de or de[un] != de.get(autre)
    blocs = liens(ensemble)
    for bloc in blocs.values():
        if not any(un in bloc and autre in bloc for un, autre in separes):
            assert len({de.get(m) for m in bloc}) == 1
            assert len(bloc) == 1 or bloc <= set(de)
    inverses = Decisions(
        frozenset((b, a) for a, b in ensemble), frozenset((b, a) for a, b in separes)
    )
    assert regrouper(situes[::-1], inverses) == proposes


def test_ce_que_l_on_a_joint_entraine_ceux_qui_viennent_apres() -> None:
    premiers = [situe(x, facette="a") for x in "abc"]
    seconds = [situe(x, facette="b") for x in "uvw"]
    joints = Decisions(frozenset(("a", x) for x in "bcuvw"))
    (groupe,) = regrouper([*premiers, *seconds, situe("x", facette="b")], joints)
    assert groupe.membres == tuple("abcuvwx")


def test_ce_que_l_on_a_scinde_reste_en_deux_besoins_partages() -> None:
    situes = [situe(x) for x in "abcdef"]
    coupe = Decisions(
        frozenset({("a", "b"), ("a", "c")}), frozenset((x, y) for x in "abc" for y in "def")
    )
    assert {g.membres for g in regrouper(situes, coupe)} == {tuple("abc"), tuple("def")}


def test_un_ecarte_revient_quand_il_a_plus_que_double() -> None:
    ancien = {"x": {"a", "b", "c"}}
    assert apparier(ancien, [tuple("abcde")], stricts={"x"}) == {"x": 0}
    assert apparier(ancien, [tuple("abcdefg")], stricts={"x"}) == {}
    assert apparier(ancien, [tuple("abcdefg")], stricts=set()) == {"x": 0}


def test_les_plus_decides_choisissent_et_un_groupe_ne_sert_qu_une_fois() -> None:
    anciens = {"retenu": {"a", "b"}, "propose": {"a", "b", "c"}}
    assert apparier(anciens, [tuple("abc")], stricts=set()) == {"retenu": 0}
    assert apparier({"seul": {"z"}}, [tuple("abc")], stricts=set()) == {}
