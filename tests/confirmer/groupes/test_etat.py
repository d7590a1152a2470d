"""Ce que l'état d'une recherche annonce d'un coup est ce que ce coup fait gagner."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from maillage.confirmer.calculs.groupes.blocs import Blocs, assembler
from maillage.confirmer.calculs.groupes.depart import placer
from maillage.confirmer.calculs.groupes.etat import INTERDIT, Etat
from maillage.confirmer.calculs.groupes.probleme import Entiers
from tests.confirmer.groupes.problemes import tire

_TROP_BAS = INTERDIT / 2


def _etats() -> Iterator[tuple[Etat, Blocs, Entiers]]:
    """Assez d'états pour que chaque règle (dehors, moteurs, évitement, tailles) s'y présente."""
    for graine in range(300):
        blocs = assembler(tire(graine))
        places = placer(blocs, np.random.default_rng(graine))
        if places is not None:
            yield Etat(blocs, places), blocs, places


def _permise(etat: Etat, places: Entiers) -> bool:
    effectifs = np.bincount(places, etat.blocs.tailles, etat.blocs.m + 1)
    return bool((effectifs >= etat.minima).all() and (effectifs <= etat.maxima).all())


def _valeur(blocs: Blocs, places: Entiers) -> float:
    return Etat(blocs, places).valeur


def test_chaque_echange_vaut_ce_qui_est_annonce() -> None:
    regardes = 0
    for etat, blocs, places in _etats():
        gains = etat.echanges(etat.entrees(np.zeros(blocs.b)))
        for i, j in np.ndindex(gains.shape):
            apres = places.copy()
            apres[i], apres[j] = places[j], places[i]
            permis = places[i] != places[j] and _permise(etat, apres)
            assert (gains[i, j] > _TROP_BAS) == permis
            if permis:
                regardes += 1
                attendu = _valeur(blocs, apres) - etat.valeur
                assert gains[i, j] == pytest.approx(attendu, abs=1e-9)
    assert regardes > 1000


def test_chaque_deplacement_vaut_ce_qui_est_annonce() -> None:
    regardes = 0
    for etat, blocs, places in _etats():
        gains = etat.deplacements(etat.entrees(np.zeros(blocs.b)))
        for bloc, vers in np.ndindex(gains.shape):
            apres = places.copy()
            apres[bloc] = vers
            permis = places[bloc] != vers and _permise(etat, apres)
            assert (gains[bloc, vers] > _TROP_BAS) == permis
            if permis:
                regardes += 1
                attendu = _valeur(blocs, apres) - etat.valeur
                assert gains[bloc, vers] == pytest.approx(attendu, abs=1e-9)
    assert regardes > 500


def test_jouer_des_coups_laisse_l_etat_que_l_on_recompterait() -> None:
    for graine, (etat, blocs, _) in enumerate(_etats()):
        hasard = np.random.default_rng(graine)
        for _ in range(10):
            entrees = etat.entrees(np.zeros(blocs.b))
            gains = etat.deplacements(entrees) if hasard.random() < 0.5 else etat.echanges(entrees)
            permis = np.argwhere(gains > _TROP_BAS)
            if not len(permis):
                continue
            bloc, autre = (int(rang) for rang in hasard.choice(permis))
            jouer = etat.echanger if gains is etat.gains else etat.deplacer
            jouer(bloc, autre, float(gains[bloc, autre]))
        neuf = Etat(blocs, etat.places)
        assert etat.valeur == pytest.approx(neuf.valeur, abs=1e-6)
        np.testing.assert_allclose(etat.contributions, neuf.contributions, atol=1e-6)
        assert (etat.effectifs == neuf.effectifs).all()
        assert (etat.entraineurs == neuf.entraineurs).all()
