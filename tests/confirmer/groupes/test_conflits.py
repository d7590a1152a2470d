"""Pourquoi rien ne tient : un ensemble de contraintes contradictoire, et aucune de trop."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from maillage.confirmer.calculs.groupes.blocs import assembler
from maillage.confirmer.calculs.groupes.conflits import Contrainte, Sorte, contraintes, expliquer
from maillage.confirmer.calculs.groupes.faisabilite import Indecis, repartir
from tests.confirmer.groupes.problemes import meilleure_valeur, pur, tire


@pytest.mark.parametrize("graine", range(60))
def test_repartir_trouve_quand_il_y_en_a(graine: int) -> None:
    probleme = tire(graine)
    places = repartir(assembler(probleme))
    assert (places is None) == (meilleure_valeur(probleme) is None)
    if places is not None:
        assert probleme.fautes(assembler(probleme).deplier(places)) == []


@pytest.mark.parametrize("graine", range(60))
def test_l_explication_est_minimale(graine: int) -> None:
    """Les contraintes dites suffisent à tout empêcher ; en lever une seule libère le reste."""
    probleme = tire(graine)
    dites = expliquer(probleme)
    assert dites is not None
    assert (dites == []) == (meilleure_valeur(probleme) is not None)
    assert set(dites) <= set(contraintes(probleme))
    for levee in dites:
        autres = [c for c in dites if c != levee]
        assert not autres or _seules(probleme, autres), levee


def _seules(probleme, gardees) -> bool:  # type: ignore[no-untyped-def]
    """Par essai de tout : le problème réduit à ces contraintes a une répartition."""
    groupes = {s: {c.rangs[0] for c in gardees if c.sorte is s} for s in Sorte if s.name[0] == "M"}
    paires = {s: tuple(c.rangs for c in gardees if c.sorte is s) for s in Sorte}
    rangs = np.arange(probleme.m)
    reduit = replace(
        probleme,
        minima=np.where(np.isin(rangs, list(groupes[Sorte.MINIMUM])), probleme.minima, 0),
        maxima=np.where(np.isin(rangs, list(groupes[Sorte.MAXIMUM])), probleme.maxima, 99),
        ensemble=paires[Sorte.ENSEMBLE],
        incompatibles=paires[Sorte.INCOMPATIBLES],
        facultatif=None if Contrainte(Sorte.TOUTES_PLACEES) in gardees else 0.0,
    )
    return meilleure_valeur(reduit) is not None


def test_trois_qui_s_evitent_dans_deux_groupes() -> None:
    """Parmi dix contraintes, les quatre qui comptent : les trois paires, et tout placer."""
    probleme = replace(
        pur(20, 2, graine=1),
        minima=np.array([5, 5]),
        maxima=np.array([15, 15]),
        incompatibles=((0, 1), (0, 2), (1, 2), (4, 5)),
        ensemble=((7, 8),),
    )
    assert expliquer(probleme) == [
        Contrainte(Sorte.INCOMPATIBLES, (0, 1)),
        Contrainte(Sorte.INCOMPATIBLES, (0, 2)),
        Contrainte(Sorte.INCOMPATIBLES, (1, 2)),
        Contrainte(Sorte.TOUTES_PLACEES),
    ]


def test_on_dit_ne_pas_savoir(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage.confirmer.calculs.groupes.faisabilite.PAS_AU_PLUS", 3)
    probleme = pur(20, 2, graine=1)
    with pytest.raises(Indecis):
        repartir(assembler(probleme))
    assert expliquer(probleme) is None
