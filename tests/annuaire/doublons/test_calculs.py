"""Les calculs des doublons : mots, sigles, blocage, et ce que vaut le tout sur un registre."""

from __future__ import annotations

import pytest

from maillage.annuaire.doublons.calculs import blocage
from maillage.annuaire.doublons.calculs.candidats import candidats
from maillage.annuaire.doublons.calculs.comparaison import presque
from maillage.annuaire.doublons.calculs.mots import est_sigle_de, mots_pleins
from maillage.annuaire.doublons.calculs.notices import Notice, Source, preparer
from maillage.config.mesurer.registre.doublons import mesurer


def notice(cle: str, nom: str, **champs: str) -> Notice:
    return preparer(Source(cle, nom, **{"commune": "25056", "departement": "25", **champs}))


@pytest.mark.parametrize(
    ("nom", "mots"),
    [
        ("ASSO. LES AMIS DU MOULIN", ("amis", "moulin")),
        ("Cté des fêtes de St-Vit", ("comite", "fetes", "saint", "vit")),
        ("Sté de chasse", ("societe", "chasse")),
        ("C.L.A.T. Club de l'amitié", ("clat", "club", "amitie")),
        ("Association", ("association",)),
    ],
)
def test_les_mots_pleins_d_un_nom(nom: str, mots: tuple[str, ...]) -> None:
    assert mots_pleins(nom) == mots


def test_un_sigle_dit_les_initiales_les_mots_creux_au_choix() -> None:
    assert est_sigle_de("cav", ("club", "de", "l", "amitie", "vesoul"))
    assert est_sigle_de("cdlav", ("club", "de", "l", "amitie", "vesoul"))
    assert not est_sigle_de("cv", ("club", "de", "l", "amitie", "vesoul"))


def test_une_faute_de_frappe_mais_jamais_un_nombre() -> None:
    assert presque("valorane", "valoarne")
    assert not presque("1965", "1966")
    assert not presque("nord", "sud")


def test_la_meme_declaree_deux_fois_se_propose_avec_ses_raisons() -> None:
    (trouve,) = candidats(
        [
            notice("a", "Chorale Valorine", adresse="3 rue du Lac"),
            notice("b", "ASSO CHORALE VALORINNE", adresse="3 RUE DU LAC"),
            notice("c", "Chorale du Lac"),
        ]
    )
    assert (trouve.premiere, trouve.seconde) == ("a", "b")
    assert {"meme_adresse", "meme_commune"} <= set(trouve.indices)


@pytest.mark.parametrize(
    ("nom", "autre"),
    [
        ("Foyer rural section judo", "Foyer rural section danse"),
        ("Amicale de la classe 1965", "Amicale de la classe 1966"),
        ("Tennis club de Vit", "Tennis club olympique de Vit"),
        ("Parents d'élèves de l'école du Moulin", "Parents d'élèves de l'école du Bourg"),
    ],
)
def test_deux_associations_voisines_ne_se_confondent_pas(nom: str, autre: str) -> None:
    assert list(candidats([notice("a", nom), notice("b", autre)])) == []


def test_le_blocage_ne_compare_pas_tout_avec_tout() -> None:
    """Mille homonymes de mille communes : presque aucune comparaison."""
    tous = [notice(str(n), "Comité des fêtes", commune=str(n)) for n in range(1000)]
    assert list(blocage.paires(tous, blocage.frequences(tous))) == []


def test_le_rappel_et_la_precision_sur_des_registres_fabriques() -> None:
    chiffres = mesurer(5_000)
    assert chiffres["rappel"].valeur >= 0.9
    assert chiffres["précision"].valeur >= 0.85
