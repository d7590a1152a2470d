"""Un chiffre mesuré dit s'il tient dans sa borne."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from maillage.config.mesurer.chiffres import Chiffre
from maillage.config.mesurer.commandes import groupe
from maillage.config.mesurer.pages import Mesure, dire, p95


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


def test_le_95e_centile_est_bien_le_95e() -> None:
    assert p95([float(n) for n in range(101, 0, -1)]) == 96
    assert 38 <= p95([float(n) for n in range(1, 41)]) < 39


def test_une_page_mesuree_se_dit_en_une_ligne_ou_en_json() -> None:
    lente = Mesure("région", "/bilan/", p95=12.34, rapport=6.1, requetes=9, octets=1200)
    assert dire([lente], en_json=False).startswith("DÉPASSE    6.1 × la page vide")
    (lue,) = json.loads(dire([lente], en_json=True))
    assert (lue["qui"], lue["rapport"], lue["tenue"]) == ("région", 6.1, False)


def test_une_mesure_inconnue_est_refusee_avant_toute_base() -> None:
    resultat = CliRunner().invoke(groupe, ["registre", "--seulement", "meteo"])
    assert resultat.exit_code == 2
    assert "meteo" in resultat.output
