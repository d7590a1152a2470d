"""Le moteur des groupes : jamais une promesse fausse, jamais une contrainte oubliée."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.confirmer.calculs.groupes import Probleme, Statut, resolution, resoudre
from maillage.confirmer.calculs.groupes.blocs import assembler
from maillage.confirmer.calculs.groupes.bornes import borne_superieure
from tests.confirmer.groupes.problemes import meilleure_valeur, pur, tire


@pytest.mark.parametrize("graine", range(40))
def test_un_petit_cas_est_prouve(graine: int) -> None:
    """La preuve dit exactement ce que dit l'essai de tout, impossibilité comprise."""
    probleme = tire(graine)
    attendue = meilleure_valeur(probleme)
    reponse = resoudre(probleme)
    if attendue is None:
        assert reponse.statut is Statut.IMPOSSIBLE
        assert reponse.groupes is None
        return
    assert reponse.statut is Statut.OPTIMAL
    assert reponse.objectif == pytest.approx(attendue)
    assert reponse.groupes is not None
    assert probleme.fautes(reponse.groupes) == []
    assert probleme.valeur(reponse.groupes) == pytest.approx(attendue)


@pytest.mark.parametrize("graine", range(40))
def test_la_borne_n_est_jamais_trompeuse(graine: int) -> None:
    probleme = tire(graine)
    attendue = meilleure_valeur(probleme)
    if attendue is not None:
        assert borne_superieure(assembler(probleme)) >= attendue - 1e-9


@pytest.mark.parametrize("graine", range(40))
def test_la_recherche_ne_rend_rien_de_faux(graine: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans la preuve, la recherche tient toute contrainte et n'invente pas de valeur."""
    monkeypatch.setattr(resolution, "BLOCS_AU_PLUS", -1)
    probleme = tire(graine)
    attendue = meilleure_valeur(probleme)
    reponse = resoudre(probleme, iterations=200)
    if reponse.groupes is None:
        assert reponse.statut is Statut.IMPOSSIBLE
        assert attendue is None
        return
    assert probleme.fautes(reponse.groupes) == []
    assert attendue is not None
    assert reponse.objectif == pytest.approx(probleme.valeur(reponse.groupes))
    assert reponse.objectif <= attendue + 1e-9
    if reponse.statut is Statut.OPTIMAL:
        assert reponse.objectif == pytest.approx(attendue)


def test_la_recherche_retrouve_l_optimum_prouve(monkeypatch: pytest.MonkeyPatch) -> None:
    probleme = pur(12, 3, graine=4)
    prouvee = resoudre(probleme)
    monkeypatch.setattr(resolution, "BLOCS_AU_PLUS", -1)
    trouvee = resoudre(probleme, iterations=2000)
    assert prouvee.statut is Statut.OPTIMAL
    assert trouvee.objectif == pytest.approx(prouvee.objectif)


def test_a_graine_et_iterations_egales_la_meme_reponse() -> None:
    probleme = pur(40, 4, graine=1)
    premiere = resoudre(probleme, graine=7, iterations=1500)
    seconde = resoudre(probleme, graine=7, iterations=1500)
    autre = resoudre(probleme, graine=8, iterations=1)
    assert premiere.groupes == seconde.groupes
    assert premiere.iterations == seconde.iterations == 1500
    assert autre.groupes != premiere.groupes


def test_la_recherche_bat_une_descente_gloutonne() -> None:
    """Une seule descente par échanges s'arrête au premier maximum ; la recherche le dépasse."""
    probleme = pur(60, 6, graine=2)
    courte = resoudre(probleme, graine=3, iterations=60)
    longue = resoudre(probleme, graine=3, iterations=4000)
    assert courte.objectif is not None
    assert longue.objectif is not None
    assert longue.objectif > courte.objectif
    assert longue.borne is not None
    assert longue.objectif <= longue.borne


def test_un_groupe_qui_s_evite_a_treize_est_reparti() -> None:
    """Vingt structures, contraintes et absents : la recherche tient tout."""
    hasard = np.random.default_rng(9)
    haut = np.triu(hasard.uniform(-1, 1, (20, 20)), 1)
    probleme = Probleme(
        affinites=haut + haut.T,
        preferences=np.zeros((20, 3)),
        minima=np.array([4, 4, 4]),
        maxima=np.array([6, 6, 6]),
        ensemble=((0, 1), (2, 3)),
        incompatibles=((0, 2), (4, 5), (5, 6)),
        moteurs=frozenset({7, 8, 9}),
        moteur_poids=5.0,
        facultatif=0.5,
    )
    reponse = resoudre(probleme, iterations=2000)
    assert reponse.groupes is not None
    assert probleme.fautes(reponse.groupes) == []
    assert len({reponse.groupes[i] for i in (7, 8, 9)} - {-1}) == 3
    assert reponse.groupes.count(-1) >= 2


def test_des_effectifs_intenables_sont_dits_impossibles() -> None:
    tailles = np.array([8, 8])
    probleme = Probleme(np.zeros((20, 20)), np.zeros((20, 2)), tailles, tailles)
    assert resoudre(probleme).statut is Statut.IMPOSSIBLE
