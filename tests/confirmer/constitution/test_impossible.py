"""Un conflit se dit avec les noms, et chaque geste en lève une part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maillage.confirmer.groupes.calculs.impossible import obstacles
from maillage.confirmer.groupes.calculs.pose import Exigences, poser
from maillage.confirmer.groupes.calculs.propositions import RienTrouve, proposer
from maillage.confirmer.groupes.calculs.reglages import Dehors, GroupeVoulu, Reglages, par_defaut
from tests.confirmer.constitution.tirages import structures


def test_un_triangle_impossible_est_dit_sans_rien_de_trop() -> None:
    exigences = Exigences(
        ensemble=(("s0", "s1"), ("s1", "s2")), jamais=(("s0", "s2"), ("s3", "s4"))
    )
    dits = obstacles(poser(structures(10), par_defaut(10), exigences))
    assert dits is not None
    gestes = {"ensemble:s0:s1", "ensemble:s1:s2", "jamais:s0:s2", "toutes"}
    assert {o.geste for o in dits} == gestes
    assert "Structure 0 et Structure 2 ne doivent jamais être ensemble." in [o.phrase for o in dits]


def test_trop_peu_de_places_pour_toutes() -> None:
    voulus = Reglages((GroupeVoulu("Mécénat", maximum=3), GroupeVoulu("Emploi", maximum=4)))
    pose = poser(structures(10), voulus, Exigences())
    dits = obstacles(pose)
    assert dits is not None
    assert {o.geste for o in dits} == {"maximum:0", "maximum:1", "toutes"}
    permis = poser(structures(10), replace(voulus, dehors=Dehors.SI_BESOIN), Exigences())
    assert obstacles(permis) == []


@pytest.mark.parametrize("dehors", Dehors)
def test_deux_verrous_contre_une_exigence(dehors: Dehors) -> None:
    """Qu'on puisse ou non laisser dehors : une verrouillée a sa place."""
    exigences = Exigences(ensemble=(("s0", "s1"),), verrous={"s0": 0, "s1": 1})
    voulus = replace(par_defaut(10), dehors=dehors)
    dits = obstacles(poser(structures(10), voulus, exigences))
    assert dits is not None
    assert {o.geste for o in dits} == {"ensemble:s0:s1", "verrou:s0", "verrou:s1"}
    assert "Structure 1 est verrouillée dans « Groupe B »." in [o.phrase for o in dits]


def test_a_quarante_des_effectifs_impossibles_se_disent_sans_chercher() -> None:
    courts = Reglages((GroupeVoulu("A", maximum=12), GroupeVoulu("B", maximum=21)))
    dits = obstacles(poser(structures(40), courts, Exigences()))
    assert dits is not None
    assert {o.geste for o in dits} == {"maximum:0", "maximum:1", "toutes"}
    hauts = Reglages(
        tuple(GroupeVoulu(nom, minimum=m) for nom, m in zip("ABC", (30, 3, 15), strict=True))
    )
    dits = obstacles(poser(structures(40), hauts, Exigences()))
    assert dits is not None
    assert {o.geste for o in dits} == {"minimum:0", "minimum:2"}


def test_plus_de_verrous_que_de_places() -> None:
    voulus = Reglages((GroupeVoulu("Petit", maximum=2), GroupeVoulu("Grand")))
    pose = poser(structures(10), voulus, Exigences(verrous={f"s{i}": 0 for i in range(3)}))
    dits = obstacles(pose)
    assert dits is not None
    assert {o.geste for o in dits} == {"maximum:0", "verrou:s0", "verrou:s1", "verrou:s2"}
    with pytest.raises(RienTrouve):
        proposer(pose, graine=0)


def test_rien_a_redire_quand_tout_peut_tenir() -> None:
    assert obstacles(poser(structures(10), par_defaut(10), Exigences())) == []
