"""Un groupe en mots, ses points faibles, et pourquoi l'on reste dehors."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maillage.confirmer.groupes.calculs.creneaux import lire_creneaux
from maillage.confirmer.groupes.calculs.dehors import pourquoi_dehors
from maillage.confirmer.groupes.calculs.dire import portrait
from maillage.confirmer.groupes.calculs.entrees import Entree, kilometres
from maillage.confirmer.groupes.calculs.facteurs import FACTEURS, PAR_CODE, affinites
from maillage.confirmer.groupes.calculs.pose import Exigences, poser
from maillage.confirmer.groupes.calculs.reglages import (
    Dehors,
    GroupeVoulu,
    Reglages,
    ReglagesInvalides,
    lire_reglages,
    par_defaut,
)
from tests.confirmer.constitution.tirages import structures

BESANCON, DIJON = (47.24, 6.02), (47.32, 5.04)


@pytest.mark.parametrize(
    ("texte", "creneaux"),
    [
        ("le mardi matin", {"mardi matin"}),
        ("Mardi et jeudi après-midi", {"mardi matin", "mardi après-midi", "jeudi après-midi"}),
        ("jeudis, sauf le jeudi matin", {"jeudi après-midi"}),
        ("hors vacances scolaires", set()),
        ("", set()),
    ],
)
def test_les_creneaux_d_un_texte(texte: str, creneaux: set[str]) -> None:
    assert lire_creneaux(texte) == creneaux


def test_les_kilometres_a_vol_d_oiseau() -> None:
    une, autre = Entree("a", "A", point=BESANCON), Entree("b", "B", point=DIJON)
    assert kilometres(une, autre) == pytest.approx(74.5, abs=1)
    assert kilometres(une, Entree("c", "C")) is None


def test_l_inconnu_ne_pese_ni_pour_ni_contre() -> None:
    """Une structure dont on ne sait rien vaut zéro avec toutes, quels que soient les poids."""
    poids = {f.code: 3 for f in FACTEURS if f.code != "liens"}
    matrice = affinites([*structures(8), Entree("vide", "Vide")], poids)
    assert (matrice[-1] == 0).all()
    assert (matrice == matrice.T).all()


@pytest.mark.parametrize("facteur", FACTEURS, ids=lambda f: f.code)
def test_chaque_mesure_reste_entre_zero_et_un(facteur) -> None:  # type: ignore[no-untyped-def]
    tirees = structures(12, 4)
    mesures = [facteur.mesure(a, b) for a in tirees for b in tirees if a is not b]
    assert all(m is None or 0 <= m <= 1 for m in mesures)


def test_meler_est_l_inverse_de_rapprocher() -> None:
    tirees = structures(10)
    assert (affinites(tirees, {"secteur": 2}) == -affinites(tirees, {"secteur": -2})).all()
    assert PAR_CODE["distance"].minimum == 0


def test_le_portrait_d_un_groupe() -> None:
    membres = [
        Entree(
            f"s{i}",
            f"Structure {i}",
            niveau=1,
            attentes=(("mecen", "mécénat"),),
            creneaux=frozenset({"mardi matin"}),
            point=point,
            lieu=lieu,
            branche="musique",
            secteur="culture",
            aires=frozenset({7}),
        )
        for i, (point, lieu) in enumerate([(BESANCON, "Besançon"), (BESANCON, ""), (DIJON, "")])
    ]
    dit = portrait(membres, concurrentes=[("s0", "s1")], moteurs={"s2"})
    assert dit.raisons == (
        "même niveau (pratique déjà)",
        "attentes communes (mécénat)",
        "74\u00a0km à vol d’oiseau entre deux, en médiane",
        "toutes libres le mardi matin",
        "Structure 2 pour entraîner",
    )
    codes = [code for code, _ in dit.points_faibles]
    assert codes == ["concurrence", "concurrence", "similitude"]
    assert "Structure 0 et Structure 1" in dit.points_faibles[0][1]
    assert "Structure 0 et Structure 1" not in dit.points_faibles[1][1]


def test_un_groupe_dont_on_ne_sait_rien_ne_dit_rien() -> None:
    dit = portrait([Entree("a", "A"), Entree("b", "B")])
    assert dit.raisons == ()
    assert dit.distance is None
    assert dit.phrase == "2\u00a0structures."


def test_pourquoi_une_structure_reste_dehors() -> None:
    voulus = Reglages(
        (GroupeVoulu("A", maximum=2), GroupeVoulu("B", maximum=9)), dehors=Dehors.SI_BESOIN
    )
    pose = poser(structures(6), voulus, Exigences(jamais=(("s5", "s2"),)))
    phrase = pourquoi_dehors(pose, [frozenset({0, 1}), frozenset({2, 3})], 5)
    assert "«\u00a0B\u00a0» réunit déjà Structure 2" in phrase
    assert "«\u00a0A\u00a0» est plein" in phrase


def test_les_reglages_se_gardent_et_se_relisent() -> None:
    voulus = replace(par_defaut(40), moteurs=frozenset({"b", "a"}), plusieurs=2)
    assert lire_reglages(voulus.en_donnees()) == voulus
    assert [(g.minimum, g.maximum) for g in voulus.groupes] == [(19, 21), (19, 21)]


@pytest.mark.parametrize(
    "faute",
    [
        {"groupes": []},
        {"groupes": [{"nom": ""}]},
        {"groupes": [{"nom": "A"}, {"nom": "A"}]},
        {"groupes": [{"nom": "A", "minimum": 5, "maximum": 4}]},
        {"groupes": [{"nom": "A"}], "poids": {"niveau": 4}},
        {"groupes": [{"nom": "A"}], "poids": {"distance": -1}},
        {"groupes": [{"nom": "A"}], "plusieurs": 0},
        {"groupes": [{"nom": "A"}], "dehors": "peut-être"},
        {"groupes": [{"nom": "A"}], "autre": 1},
        {"groupes": [{"nom": "A"}], "moteurs": "s1"},
        "rien",
    ],
)
def test_des_reglages_fautifs_sont_refuses(faute: object) -> None:
    with pytest.raises(ReglagesInvalides):
        lire_reglages(faute)
