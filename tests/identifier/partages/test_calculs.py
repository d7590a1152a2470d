"""Ce qui émerge, ce qui s'éteint, le tableau croisé."""

from __future__ import annotations

import pytest

from maillage.identifier.partages.calculs import (
    AUTRES,
    COLONNES,
    Case,
    Tendance,
    colonnes,
    croiser,
    tendance,
)


@pytest.mark.parametrize(
    ("recentes", "avant", "attendue"),
    [
        (2, 0, Tendance.RARE),
        (3, 0, Tendance.EMERGE),
        (6, 3, Tendance.EMERGE),
        (5, 3, Tendance.STABLE),
        (3, 6, Tendance.ETEINT),
        (0, 3, Tendance.ETEINT),
        (0, 2, Tendance.RARE),
    ],
)
def test_la_regle_du_mouvement(recentes: int, avant: int, attendue: Tendance) -> None:
    assert tendance(recentes, avant) == attendue


def test_trop_de_colonnes_se_reunissent_en_autres_sans_rien_perdre() -> None:
    cases = [Case("t", str(i), f"Lieu {i}", 10 - i) for i in range(9)]
    montrees = colonnes(cases)
    assert len(montrees) == COLONNES
    assert montrees[-1] == (AUTRES, "Autres")
    ligne = croiser(cases, montrees)["t"]
    assert ligne["0"] == 10
    assert sum(ligne.values()) == sum(c.structures for c in cases)
    assert colonnes(cases[:COLONNES])[-1] == ("5", "Lieu 5")
