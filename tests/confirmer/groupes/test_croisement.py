"""L'enfant de deux répartitions tient les effectifs et garde un groupe entier d'un parent."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.confirmer.calculs.groupes.blocs import Blocs, assembler
from maillage.confirmer.calculs.groupes.croisement import croiser
from maillage.confirmer.calculs.groupes.depart import placer
from tests.confirmer.groupes.problemes import pur


def parents(graine: int) -> tuple[Blocs, np.ndarray, np.ndarray, np.random.Generator]:
    hasard = np.random.default_rng(graine)
    blocs = assembler(pur(24, 4, graine))
    une, autre = placer(blocs, hasard), placer(blocs, hasard)
    assert une is not None
    assert autre is not None
    return blocs, une, autre, hasard


def groupes(places: np.ndarray) -> list[frozenset[int]]:
    return [frozenset(np.flatnonzero(places == g).tolist()) for g in range(4)]


@pytest.mark.parametrize("graine", range(20))
def test_un_enfant_tient_les_effectifs_et_garde_le_meilleur_groupe_du_premier(graine: int) -> None:
    blocs, une, autre, hasard = parents(graine)
    enfant = croiser(blocs, une, autre, hasard)
    assert enfant is not None
    assert np.bincount(enfant, minlength=4).tolist() == [6, 6, 6, 6]
    meilleur = max(groupes(une), key=lambda g: blocs.liens[np.ix_(sorted(g), sorted(g))].sum())
    assert meilleur in groupes(enfant)


def test_le_meme_tirage_donne_le_meme_enfant() -> None:
    enfants = [croiser(blocs, *p) for blocs, *p in (parents(3), parents(3))]
    assert enfants[0] is not None
    assert np.array_equal(enfants[0], enfants[1])


def test_un_enfant_de_jumeaux_leur_ressemble() -> None:
    blocs, une, _, hasard = parents(5)
    enfant = croiser(blocs, une, une, hasard)
    assert enfant is not None
    assert set(groupes(enfant)) == set(groupes(une))
