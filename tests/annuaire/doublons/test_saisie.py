"""Doublons : ce qui se ressemble, ce qui est pris, et ce qu'on n'a pas à savoir."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from maillage.annuaire.doublons import saisie
from maillage.annuaire.models import Organisation
from maillage.socle.models import Utilisateur
from tests.annuaire.conftest import Lieux
from tests.fabriques import organisation


@pytest.mark.parametrize(
    ("nom", "autre", "proche"),
    [
        ("Théâtre du Pont Neuf", "theatre du pont-neuf", True),
        ("Théâtre du Pont Neuf", "Le Pont Neuf, théâtre", True),
        ("Association Les Jardins de la Loue", "Jardins de la Loue", True),
        ("Jardins de la Loue", "Jardin de la Loue", True),
        ("Théâtre du Pont Neuf", "Théâtre des Halles", False),
        ("Comité des fêtes d’Ornans", "Comité des fêtes de Pontarlier", False),
        ("Amicale", "Amicale", True),
        ("Amicale de la classe 1965", "Amicale de la classe 1966", False),
    ],
)
def test_ce_qui_se_ressemble(nom: str, autre: str, proche: bool) -> None:
    assert (saisie.ressemblance(nom, autre) >= saisie._SEUIL) is proche
    assert saisie.ressemblance(nom, autre) == saisie.ressemblance(autre, nom)


@pytest.mark.django_db
def test_on_ne_cherche_que_dans_le_departement(charge: Utilisateur, lieux: Lieux) -> None:
    ici = organisation(nom="Jardins de la Loue", commune=lieux["25434"])
    sans_lieu = organisation(nom="Les Jardins de la Loue", natures=["structure", "reseau"])
    organisation(nom="Jardins de la Loue", commune=lieux["39300"], natures=["reseau"])
    nouvelle = Organisation(
        nom="Association jardins de la Loue", natures=["structure"], commune=lieux["25056"]
    )

    assert set(saisie.ressemblantes(nouvelle, charge)) == {ici, sans_lieu}


@pytest.mark.django_db
def test_ce_que_l_on_ne_voit_pas_ne_se_devine_pas(
    theatre: Organisation, charge_ailleurs: Utilisateur
) -> None:
    nouvelle = Organisation(nom=theatre.nom, natures=["structure"])

    assert saisie.ressemblantes(nouvelle, charge_ailleurs) == []


@pytest.mark.django_db
def test_la_recherche_est_bornee(
    charge: Utilisateur, lieux: Lieux, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    Organisation.objects.bulk_create(
        Organisation(nom="Jardins", natures=["structure"], commune=lieux["25056"])
        for _ in range(300)
    )
    nouvelle = Organisation(nom="Les jardins", natures=["structure"], commune=lieux["25056"])

    with django_assert_max_num_queries(2):
        trouvees = saisie.ressemblantes(nouvelle, charge)

    assert len(trouvees) == 5


@pytest.mark.django_db
def test_un_numero_pris_mene_a_la_fiche_si_on_la_voit(
    theatre: Organisation, charge: Utilisateur, charge_ailleurs: Utilisateur
) -> None:
    theatre.siren = "552100554"
    theatre.save()
    numeros = {"rna": "", "siren": "552100554", "siret": ""}

    (vu,) = saisie.numeros_pris(numeros, charge, sauf=Organisation())
    (cache,) = saisie.numeros_pris(numeros, charge_ailleurs, sauf=Organisation())

    assert vu.organisation == theatre
    assert theatre.nom in vu.message
    assert cache.organisation is None
    assert theatre.nom not in cache.message
    assert "DLA du Doubs" in cache.message
    assert saisie.numeros_pris(numeros, charge, sauf=theatre) == []
