"""Propositions : contraintes et verrous tenus, variantes distinctes, jamais plus que prouvé."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from maillage.confirmer.groupes.calculs.contributions import contributions
from maillage.confirmer.groupes.calculs.impossible import obstacles
from maillage.confirmer.groupes.calculs.pose import CONCURRENCE, Exigences, Pose, poser
from maillage.confirmer.groupes.calculs.propositions import (
    ECART_MINIMAL,
    RienTrouve,
    ecart,
    proposer,
)
from maillage.confirmer.groupes.calculs.recouvrement import membres, recouvrir
from maillage.confirmer.groupes.calculs.reglages import (
    Dehors,
    GroupeVoulu,
    Reglages,
    par_defaut,
)
from tests.confirmer.constitution.tirages import exigences, reglages, structures


def _tirer(graine: int) -> Pose:
    nombre, groupes = 6 + graine % 13, 2 + graine % 3
    return poser(
        structures(nombre, graine),
        reglages(nombre, groupes, graine),
        exigences(nombre, groupes, graine),
    )


@pytest.mark.parametrize("graine", range(40))
def test_contraintes_et_verrous_sont_tenus_ou_le_conflit_est_dit(graine: int) -> None:
    pose = _tirer(graine)
    try:
        propositions = proposer(pose, graine=graine, iterations=400)
    except RienTrouve as rien:
        if rien.prouve:
            assert obstacles(pose)
        return
    for proposition in propositions:
        assert pose.verrouille.fautes(proposition.groupes) == []
        assert pose.verrous_tenus(proposition.groupes)
        assert proposition.objectif <= proposition.borne
        assert proposition.objectif == pytest.approx(pose.probleme.valeur(proposition.groupes))


@pytest.mark.parametrize("graine", range(12))
def test_les_variantes_different_pour_de_bon(graine: int) -> None:
    pose = poser(structures(20, graine), par_defaut(20), Exigences())
    propositions = proposer(pose, graine=graine, iterations=600)
    assert len(propositions) > 1
    for rang, une in enumerate(propositions):
        for autre in propositions[rang + 1 :]:
            assert ecart(une.groupes, autre.groupes) >= ECART_MINIMAL
    assert propositions[0].objectif == max(p.objectif for p in propositions)


def test_a_meme_graine_la_meme_reponse() -> None:
    pose = poser(structures(30, 3), par_defaut(30), Exigences())
    une, deux = (proposer(pose, graine=5, iterations=500) for _ in range(2))
    assert une == deux


@pytest.mark.parametrize("graine", range(6))
def test_un_petit_cas_est_prouve_verrous_compris(graine: int) -> None:
    """Aucune des répartitions permises, toutes essayées, ne vaut mieux que la première."""
    verrous = {"s0": 1, "s3": 0}
    pose = poser(structures(7, graine), par_defaut(7), Exigences(verrous=verrous))
    premiere = proposer(pose, graine=1)[0]
    assert premiere.objectif == pytest.approx(premiere.borne)
    permises = (
        places
        for places in product(range(2), repeat=7)
        if not pose.probleme.fautes(places) and pose.verrous_tenus(places)
    )
    assert premiere.objectif == pytest.approx(max(map(pose.probleme.valeur, permises)))


def test_les_groupes_interchangeables_gardent_leur_rang() -> None:
    """Deux variantes se comparent : un groupe garde son nom s'il garde ses membres."""
    pose = poser(structures(12, 2), par_defaut(12), Exigences())
    premiere, *autres = proposer(pose, graine=0, variantes=3, iterations=300)
    for autre in autres:
        bougent = sum(a != b for a, b in zip(premiere.groupes, autre.groupes, strict=True))
        assert bougent <= 6


def test_un_verrou_decide_entre_deux_groupes_d_effectifs_differents() -> None:
    groupes = (GroupeVoulu("Petit", minimum=2, maximum=3), GroupeVoulu("Grand", maximum=18))
    voulus = Reglages(groupes)
    pose = poser(structures(20), voulus, Exigences(verrous={"s1": 0, "s2": 0, "s7": 1}))
    for proposition in proposer(pose, graine=0, iterations=300):
        assert proposition.groupes[1] == proposition.groupes[2] == 0
        assert proposition.groupes[7] == 1


@pytest.mark.parametrize("graine", range(20))
def test_le_recouvrement_suit_les_souhaits_et_rien_d_autre(graine: int) -> None:
    pose = _tirer(graine)
    try:
        groupes = proposer(pose, graine=graine, variantes=1, iterations=300)[0].groupes
    except RienTrouve:
        return
    formes = recouvrir(pose, groupes)
    souhaits = pose.exigences.souhaits or {}
    for rang, (avant, apres) in enumerate(zip(membres(groupes, pose.m), formes, strict=True)):
        assert avant <= apres
        assert len(apres) <= pose.probleme.maxima[rang]
        assert not any(i in apres and j in apres for i, j in pose.probleme.incompatibles)
        liees = {i for paire in pose.probleme.ensemble for i in paire}
        for i in apres - avant - liees:
            assert souhaits[pose.entrees[i].cle, rang] > 0
    for i in range(pose.n):
        assert sum(i in forme for forme in formes) <= pose.reglages.plusieurs


@pytest.mark.parametrize("graine", range(20))
def test_l_objectif_est_la_somme_de_ce_que_chaque_reglage_y_met(graine: int) -> None:
    pose = _tirer(graine)
    formes = membres([i % pose.m for i in range(pose.n)], pose.m)
    formes[0] |= formes[1]
    parts = dict(contributions(pose, formes))
    assert sum(parts.values()) == pytest.approx(pose.valeur(formes), abs=1e-3)


def test_un_facteur_sans_poids_n_apporte_rien_et_une_concurrence_retire() -> None:
    voulus = replace(par_defaut(10), poids=par_defaut(10).poids | {"niveau": 0})
    pose = poser(structures(10), voulus, Exigences(concurrences=(("s0", "s1"), ("s2", "s9"))))
    parts = dict(contributions(pose, [frozenset({0, 1, 2}), frozenset(range(3, 10))]))
    assert "Niveau sur le sujet" not in parts
    assert parts["Risque de concurrence"] == -CONCURRENCE * voulus.poids["concurrence"]


def test_sans_permission_personne_n_est_dans_deux_groupes() -> None:
    souhaits = {(f"s{i}", rang): 1 for i in range(10) for rang in range(2)}
    pose = poser(structures(10), par_defaut(10), Exigences(souhaits=souhaits))
    groupes = proposer(pose, graine=0)[0].groupes
    assert recouvrir(pose, groupes) == membres(groupes, 2)
    permis = poser(
        structures(10),
        replace(
            par_defaut(10), plusieurs=2, groupes=(GroupeVoulu("A", maximum=9), GroupeVoulu("B"))
        ),
        Exigences(souhaits=souhaits),
    )
    groupes = proposer(permis, graine=0)[0].groupes
    assert sum(map(len, recouvrir(permis, groupes))) > 10


def test_laisser_dehors_n_arrive_que_si_besoin() -> None:
    serres = Reglages(
        (GroupeVoulu("A", maximum=4), GroupeVoulu("B", maximum=4)), dehors=Dehors.SI_BESOIN
    )
    pose = poser(structures(10), serres, Exigences())
    assert proposer(pose, graine=0)[0].groupes.count(-1) == 2
    larges = replace(serres, groupes=(GroupeVoulu("A", maximum=5), GroupeVoulu("B", maximum=5)))
    pose = poser(structures(10), larges, Exigences())
    assert proposer(pose, graine=0)[0].groupes.count(-1) == 0
