"""Un petit registre indexé, pour toutes les pages de la recherche."""

from __future__ import annotations

import pytest

from maillage.annuaire.recherche.index import reconstruire
from tests.annuaire.conftest import Lieux
from tests.annuaire.recherche.fabriques import association, unite


@pytest.fixture
def registre(lieux: Lieux) -> None:
    """Quatre associations et une coopérative."""
    association(
        "W251000123",
        "THEATRE DU PONT NEUF",
        lieux["25056"],
        sigle="T.P.N.",
        siren="552100554",
        objet="Créer des spectacles et des ateliers d'éducation artistique.",
        objet_social1="006070",
        site="www.exemple.fr",
    )
    association("W251000124", "LES AMIS DES CHEVAUX", lieux["25056"], objet_social1="011050")
    association("W332000001", "ASSOCIATION THEATRE DU PONT", lieux["33063"], etat="dissoute")
    association("W332000002", "CHORALE SAINT-MICHEL", lieux["33063"], objet="Chanter.")
    unite(
        "356000000", "LA BOITE A OUTILS", lieux["33063"], naf="90.01Z", categorie_juridique="5458"
    )
    reconstruire()
