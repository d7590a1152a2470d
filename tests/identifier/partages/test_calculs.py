"""Ce qui émerge, ce qui s'éteint, le tableau croisé."""

from __future__ import annotations

import pytest

from maillage.identifier.partages.calculs import (
    AUTRES,
    COLONNES,
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
    ligne = {str(i): 10 - i for i in range(9)}
    noms = {cle: f"Lieu {cle}" for cle in ligne}
    montrees = colonnes({"t": ligne}, noms)
    assert len(montrees) == COLONNES
    assert montrees[-1] == (AUTRES, "Autres")
    croisee = croiser({"t": ligne}, montrees)["t"]
    assert croisee["0"] == 10
    assert sum(croisee.values()) == sum(ligne.values())
    six = dict(list(ligne.items())[:COLONNES])
    assert colonnes({"t": six}, noms)[-1] == ("5", "Lieu 5")
