"""Ce que l'on déduit d'un objet social ou d'un code NAF."""

from __future__ import annotations

import pytest

from maillage.annuaire import nomenclatures
from maillage.annuaire.recherche.deduction import (
    OBJETS_SOCIAUX,
    Activite,
    du_code_naf,
)


def test_les_29_familles_et_leurs_268_objets() -> None:
    familles = [code for code in OBJETS_SOCIAUX if code.endswith("000")]

    assert (len(familles), len(OBJETS_SOCIAUX) - len(familles)) == (29, 268)


def test_un_secteur_et_une_branche_de_l_annuaire() -> None:
    nafs = [du_code_naf(code) for code in ("90.01Z", "88.91A", "38.32Z")]
    for activite in [*OBJETS_SOCIAUX.values(), *nafs]:
        if activite.secteur:
            assert activite.secteur in nomenclatures.SECTEURS
        if activite.branche:
            assert nomenclatures.BRANCHES[activite.branche].parent == activite.secteur


@pytest.mark.parametrize(
    ("code", "deduite"),
    [
        ("006070", Activite("culture", "spectacle_vivant")),
        ("006000", Activite("culture")),
        ("021005", Activite("petite_enfance", "creches")),
        ("050000", Activite()),
    ],
)
def test_d_un_objet_social(code: str, deduite: Activite) -> None:
    assert OBJETS_SOCIAUX[code] == deduite


@pytest.mark.parametrize(
    ("naf", "deduite"),
    [
        ("90.01Z", Activite("culture", "spectacle_vivant")),
        ("90.09Z", Activite("culture")),
        ("94.99Z", Activite()),
        ("", Activite()),
    ],
)
def test_par_le_debut_le_plus_long_du_code_naf(naf: str, deduite: Activite) -> None:
    assert du_code_naf(naf) == deduite
