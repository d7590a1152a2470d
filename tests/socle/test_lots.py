"""Plusieurs listes en une requête : les objets relus sont ceux que Django aurait lus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet
from django.utils import timezone
from tests.fabriques import agent, operateur, organisation

from maillage.annuaire.models import ChiffresAnnuels, Organisation, Rattachement
from maillage.socle.lots import Ensemble, lire_ensemble, lire_lots
from maillage.socle.quantites import Precision, Quantite

pytestmark = pytest.mark.django_db
Lire = Callable[[dict[str, QuerySet[Any]]], dict[str, list[Any]]]


def _avec_racine(lots: dict[str, QuerySet[Any]]) -> dict[str, list[Any]]:
    return lire_lots(Organisation.objects.filter(nom="Atelier"), lots)


@pytest.fixture(params=[_avec_racine, lire_ensemble], ids=["avec racine", "sans racine"])
def lire(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def poses() -> Organisation:
    dla = operateur()
    une = organisation(nom="100 % vélo", sigle="l’un %s", operateur=dla, creee_en=1987)
    organisation(nom="Atelier")
    for annee, budget in ((2024, Quantite(43_200, Precision.ENVIRON, "€")), (2025, None)):
        chiffres = ChiffresAnnuels(organisation=une, annee=annee)
        if budget:
            chiffres.budget = budget
        chiffres.save()
    agent(dla, jusqua=timezone.localdate() + timedelta(days=9))
    return une


def test_les_objets_sont_ceux_de_django(
    poses: Organisation, lire: Lire, django_assert_num_queries: Callable[[int], Any]
) -> None:
    lots: dict[str, QuerySet[Any]] = {
        "organisations": Organisation.objects.order_by("-nom"),
        "chiffres": ChiffresAnnuels.objects.order_by("annee"),
        "roles": Rattachement.objects.annotate(dla=F("organisation__nom")),
    }
    with django_assert_num_queries(1):
        lus = lire(lots)

    for nom, lignes in lots.items():
        attendues = list(lignes)
        assert lus[nom] == attendues
        for lue, attendue in zip(lus[nom], attendues, strict=True):
            assert {**lue.__dict__, "_state": None} == {**attendue.__dict__, "_state": None}
            assert not lue._state.adding
    assert str(lus["chiffres"][0].budget).startswith("environ 43")
    assert not lus["chiffres"][1].budget.connue


def test_un_lot_ne_lit_que_les_champs_qu_il_dit(
    poses: Organisation, lire: Lire, django_assert_num_queries: Callable[[int], Any]
) -> None:
    bornees = Organisation.objects.filter(
        Exists(ChiffresAnnuels.objects.filter(organisation=OuterRef("pk")))
    )
    (lue,) = lire({"bornees": bornees.only("nom", "operateur")})["bornees"]

    assert lue.get_deferred_fields() >= {"objet", "secteur", "natures"}
    with django_assert_num_queries(0):
        assert (lue.nom, lue.operateur_id) == ("100 % vélo", poses.operateur_id)
    with django_assert_num_queries(1):
        assert lue.creee_en == 1987


def test_un_lot_vide_d_avance_n_empeche_pas_les_autres(poses: Organisation, lire: Lire) -> None:
    lus = lire(
        {
            "aucune": Organisation.objects.filter(pk__in=[]),
            "toutes": Organisation.objects.all(),
            "trouvees": Organisation.objects.filter(nom__contains="%"),
            "introuvables": Organisation.objects.filter(nom="rien"),
        }
    )

    assert {nom: len(lignes) for nom, lignes in lus.items()} == {
        "aucune": 0,
        "toutes": 3,
        "trouvees": 1,
        "introuvables": 0,
    }


def test_rien_a_lire_ne_coute_rien(django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(0):
        assert lire_ensemble({"aucune": Organisation.objects.none()}) == {"aucune": []}


def test_des_valeurs_groupees_se_lisent_en_dictionnaires(poses: Organisation) -> None:
    """Avec le type de chaque annotation, que le JSON ne dit pas."""
    lignes = (
        ChiffresAnnuels.objects.order_by()
        .values("organisation__nom")
        .annotate(combien=Count("pk"), depuis=Min("cree_le"))
        .order_by("organisation__nom")
    )
    assert lire_ensemble({"lignes": lignes})["lignes"] == list(lignes)


def test_un_ensemble_se_relit_sans_se_recrire(
    poses: Organisation, django_assert_num_queries: Callable[[int], Any]
) -> None:
    ensemble = Ensemble(
        {"toutes": Organisation.objects.order_by("nom"), "rien": Organisation.objects.none()}
    )
    avant = ensemble.lire()
    neuve = organisation(nom="Zèbre")
    with django_assert_num_queries(1):
        apres = ensemble.lire()
    assert apres["toutes"] == [*avant["toutes"], neuve]
    assert apres["rien"] == []
