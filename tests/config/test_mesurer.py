"""Un chiffre mesuré dit s'il tient dans sa borne."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from maillage.config.mesurer.chiffres import Chiffre
from maillage.config.mesurer.commandes import groupe


@pytest.mark.parametrize(
    ("chiffre", "verdict"),
    [
        (Chiffre(1.8, "fois", au_plus=2), "tient"),
        (Chiffre(2.1, "fois", au_plus=2), "DÉPASSE"),
        (Chiffre(0.94, au_moins=0.95), "DÉPASSE"),
        (Chiffre(0.95, au_moins=0.95), "tient"),
        (Chiffre(41.5, "s"), "mesuré"),
    ],
)
def test_un_chiffre_se_compare_a_sa_borne(chiffre: Chiffre, verdict: str) -> None:
    assert chiffre.verdict == verdict
    assert chiffre.tenu is (verdict != "DÉPASSE")


def test_un_chiffre_s_ecrit_en_francais_avec_sa_borne() -> None:
    assert str(Chiffre(1.83, "fois", au_plus=2)) == "1,83 fois (au plus 2)"


def test_une_mesure_inconnue_est_refusee_avant_toute_base() -> None:
    resultat = CliRunner().invoke(groupe, ["registre", "--seulement", "meteo"])
    assert resultat.exit_code == 2
    assert "meteo" in resultat.output
