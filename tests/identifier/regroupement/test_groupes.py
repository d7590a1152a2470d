"""Regrouper : ce qui rapproche se dit, ce qui est douteux reste seul, on suit les décisions."""

from __future__ import annotations

from datetime import date

import pytest

from maillage import methode
from maillage.identifier.codage.calculs import Codeur, LexiqueLu
from maillage.identifier.regroupement.calculs import (
    Besoin,
    BesoinSitue,
    Decisions,
    Situeur,
    regrouper,
)
from maillage.identifier.regroupement.calculs.groupes import LISIBLE


def situe(
    identifiant: str,
    *,
    facette: str = "Se prêter une comptable",
    certitude: float = 1.0,
    territoire: str = "",
    secteur: str = "",
    annee: int = 2026,
) -> BesoinSitue:
    besoin = Besoin(identifiant, "", secteur=secteur, territoire=territoire, date=date(annee, 1, 1))
    return BesoinSitue(besoin, "cooperation.emploi", certitude, facette, ("comptable",))


def test_trois_besoins_qui_disent_la_meme_chose_se_regroupent_et_le_disent() -> None:
    (groupe,) = regrouper([situe("b", territoire="59"), situe("a", territoire="62"), situe("c")])
    assert groupe.membres == ("a", "b", "c")
    assert groupe.libelle == "Se prêter une comptable"
    assert groupe.mots == ("comptable",)
    assert groupe.communs == {"année": "2026"}


def test_a_deux_il_faut_que_quelqu_un_les_reunisse() -> None:
    assert regrouper([situe("a"), situe("b")]) == []
    (groupe,) = regrouper([situe("a"), situe("b")], Decisions(frozenset({("b", "a")})))
    assert groupe.membres == ("a", "b")


@pytest.mark.parametrize(
    "autre", [situe("b", certitude=0.5), situe("b", facette=""), situe("b", facette="Autre")]
)
def test_un_besoin_douteux_ou_different_reste_seul(autre: BesoinSitue) -> None:
    (groupe,) = regrouper([situe("a"), autre, situe("c"), situe("d")])
    assert groupe.membres == ("a", "c", "d")


def test_un_groupe_trop_gros_se_partage_par_territoire_et_garde_les_isoles_ensemble() -> None:
    gros = [situe(f"n{i:03}", territoire="59") for i in range(LISIBLE)]
    autres = [situe(f"p{i}", territoire="62") for i in range(5)]
    isoles = [situe(f"z{i}", territoire=f"8{i}") for i in range(4)]
    tailles = [len(g.membres) for g in regrouper(gros + autres + isoles)]
    assert tailles == [LISIBLE, 5, 4]


def test_l_ordre_recu_ne_change_rien() -> None:
    situes = [situe(str(i), territoire=str(i % 7), secteur=str(i % 3)) for i in range(200)]
    assert regrouper(situes) == regrouper(situes[::-1])


def test_les_decisions_sont_suivies_et_separer_l_emporte() -> None:
    situes = [situe("a"), situe("b"), situe("c"), situe("d", facette="Autre")]
    ensemble = frozenset({("a", "d"), ("a", "b")})
    for separe in (("a", "b"), ("b", "a")):
        (groupe,) = regrouper(situes, Decisions(ensemble, frozenset({separe})))
        assert groupe.membres == ("a", "c", "d")


@pytest.fixture(scope="module")
def situeur() -> Situeur:
    lexique = methode.lexique_des_besoins()
    lu = LexiqueLu(methode.themes(), lexique)
    return Situeur(lexique, lu, Codeur(lu))


def test_deux_besoins_d_un_meme_theme_se_distinguent(situeur: Situeur) -> None:
    pret = situeur.situer(Besoin("a", "la banque refuse le prêt, pas de garantie"))
    frais = situeur.situer(Besoin("b", "la banque nous prend des frais de tenue de compte"))
    assert pret.theme == frais.theme == "finances.banque"
    assert pret.facette != frais.facette
    assert "garantie" in pret.mots


def test_le_theme_retenu_par_une_personne_l_emporte(situeur: Situeur) -> None:
    place = situeur.situer(Besoin("a", "la banque refuse le prêt", theme="ecologie.energie"))
    assert (place.theme, place.certitude) == ("ecologie.energie", 1.0)


def test_les_mots_se_redisent_comme_ils_sont_ecrits(situeur: Situeur) -> None:
    """Lus sans accent, montrés avec : « découvert », jamais « decouvert »."""
    situe = situeur.situer(Besoin("a", "Fin mars le compte était à Découvert, le banquier appelle"))
    assert "découvert" in situe.mots


def test_un_mot_compose_reste_entier_et_ses_bouts_ne_se_disent_pas(situeur: Situeur) -> None:
    """« mi-temps » se redit ainsi ; ni « mi » ni « temps », qui n'y disent rien."""
    dit = "Il nous faudrait un comptable à mi-temps, partagé avec une autre association"
    mots = situeur.situer(Besoin("a", dit, theme="cooperation.emploi")).mots
    assert "mi-temps" in mots
    assert not {"mi", "temps"} & set(mots)
    ecarte = situeur.situer(Besoin("b", dit.replace("-", " "), theme="cooperation.emploi")).mots
    assert "mi" not in ecarte
