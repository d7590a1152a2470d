"""Lire un texte écrit comme on parle."""

from __future__ import annotations

import pytest

from maillage.identifier.codage.calculs.expressions import Repertoire
from maillage.identifier.codage.calculs.mots import Lecteur, decouper, raciner


@pytest.fixture
def lecteur() -> Lecteur:
    return Lecteur(
        formes=[["subvention", "subv"], ["vendre", "vend", "vente"]],
        equivalences=[["président", "trésorier"], ["trouver", "dénicher"]],
        vides=["le", "la", "on", "de", "du", "un", "ca"],
    )


def racines(lecteur: Lecteur, texte: str) -> list[str]:
    return [mot.racine for mot in lecteur.lire(texte)]


def test_accents_elisions_et_ligatures_s_effacent() -> None:
    assert decouper("L’œuvre d’ÉTÉ, aujourd'hui") == ["l", "oeuvre", "d", "ete", "aujourd", "hui"]


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("bénévole", "bénévoles"),
        ("financement", "financements"),
        ("embaucher", "embauchent"),
        ("salariée", "salariés"),
        ("adresse", "adrese"),
        ("municipal", "municipaux"),
    ],
)
def test_les_formes_d_un_mot_ont_une_racine(un: str, autre: str) -> None:
    assert raciner(decouper(un)[0]) == raciner(decouper(autre)[0])


def test_un_mot_court_garde_ses_lettres() -> None:
    assert raciner("bus") == "bus"


def test_abreviations_et_formes_irregulieres_se_rejoignent(lecteur: Lecteur) -> None:
    assert racines(lecteur, "subv") == racines(lecteur, "la subvention")
    assert racines(lecteur, "on vend") == racines(lecteur, "la vente")


def test_un_sigle_n_est_jamais_un_mot_vide(lecteur: Lecteur) -> None:
    assert racines(lecteur, "ca du CA") == ["ca", "ca"]
    assert racines(lecteur, "ca") == []


def test_une_faute_dans_un_mot_long_se_corrige_si_un_seul_mot_est_possible(
    lecteur: Lecteur,
) -> None:
    lecteur.apprendre([raciner("tresorerie")])
    assert racines(lecteur, "tresoreirie") == [raciner("tresorerie")]
    lecteur.apprendre(["gardien", "gardian"])
    assert racines(lecteur, "gardin") == ["gardin"]


@pytest.mark.parametrize(
    ("texte", "trouve"),
    [
        ("trouver un président", True),
        ("un président, on aimerait en trouver", True),
        ("dénicher un trésorier", True),
        ("trouver de quoi payer le loyer en attendant que rentre enfin le président", False),
        ("trouver", False),
    ],
)
def test_une_locution_se_trouve_dans_le_desordre_avec_de_petits_trous(
    lecteur: Lecteur, texte: str, trouve: bool
) -> None:
    repertoire = Repertoire(lecteur, ["trouver un président"])
    assert bool(repertoire.trouver(lecteur.lire(texte))) is trouve


def test_un_mot_seul_ne_se_remplace_pas_par_son_voisin(lecteur: Lecteur) -> None:
    repertoire = Repertoire(lecteur, ["président"])
    assert not repertoire.trouver(lecteur.lire("le trésorier"))
