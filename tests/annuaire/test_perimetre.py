"""Le périmètre d'une personne : une requête, le cumul, et ce qui n'en fait pas partie."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from maillage.annuaire.models import Nature, Organisation, Rattachement, Role
from maillage.annuaire.perimetre import Perimetre, perimetre_de
from maillage.socle.models import Utilisateur
from tests.annuaire.conftest import Lieux, relu
from tests.fabriques import agent, organisation

pytestmark = pytest.mark.django_db


def test_le_perimetre_d_une_chargee(charge: Utilisateur, doubs: Organisation, lieux: Lieux) -> None:
    perimetre = perimetre_de(charge)

    assert perimetre.roles == {Role.CHARGE_ACCOMPAGNEMENT}
    assert perimetre.operateurs == perimetre.portefeuilles == {doubs.pk}
    assert perimetre.territoires == {lieux["d25"].pk}
    assert perimetre.personne == charge.personne.pk
    assert perimetre.est_agent
    assert perimetre.libelle == "DLA du Doubs · chargé·e d’accompagnement"


def test_la_fonction_dite_prime_sur_le_role(charge: Utilisateur) -> None:
    charge.personne.fonction = "chargée d’accompagnement"
    charge.personne.save()

    assert perimetre_de(charge).libelle == "DLA du Doubs · chargée d’accompagnement"


def test_une_requete_puis_plus_aucune(
    charge: Utilisateur, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(1):
        perimetre_de(charge)
    with django_assert_num_queries(0):
        perimetre_de(charge)


def test_plusieurs_rattachements_se_cumulent_en_une_requete(
    charge: Utilisateur,
    gironde: Organisation,
    lieux: Lieux,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    ressources = organisation(Nature.CENTRE_RESSOURCES, nom="Culture", secteur="culture")
    for ou, role in ((gironde, Role.RESPONSABLE), (ressources, Role.CENTRE_RESSOURCES)):
        Rattachement.objects.create(personne=charge.personne, organisation=ou, role=role)
    compte = relu(charge)

    with django_assert_num_queries(1):
        perimetre = perimetre_de(compte)

    assert perimetre.territoires == {lieux["d25"].pk, lieux["d33"].pk}
    assert perimetre.secteurs == {"culture"}
    assert len(perimetre.exercices) == 3
    assert perimetre.libelle == "DLA du Doubs · chargé·e d’accompagnement (et 2 autres)"


def test_les_territoires_d_un_role_ne_passent_pas_a_un_autre(
    charge: Utilisateur, lieux: Lieux
) -> None:
    """Une chargée du Doubs, par ailleurs au niveau national, n'accompagne pas toute la France."""
    national = organisation(Nature.NATIONAL, territoires=[lieux["pFR"]])
    Rattachement.objects.create(personne=charge.personne, organisation=national, role=Role.NATIONAL)

    perimetre = perimetre_de(relu(charge))

    assert Role.NATIONAL in perimetre.roles
    assert perimetre.territoires == {lieux["d25"].pk}


def test_un_rattachement_peut_reduire_le_territoire_et_le_secteur(
    doubs: Organisation, lieux: Lieux
) -> None:
    compte = agent(doubs, secteurs=["sport"])
    Rattachement.objects.get().territoires.set([lieux["25056"]])

    (exercice,) = perimetre_de(compte).exercices

    assert exercice.territoires == {lieux["25056"].pk}
    assert exercice.secteurs == {"sport"}


@pytest.mark.parametrize(
    "champs",
    [
        {"revoque_le": timezone.now()},
        {
            "depuis": timezone.localdate() - timedelta(days=9),
            "jusqua": timezone.localdate() - timedelta(days=1),
        },
        {"depuis": timezone.localdate() + timedelta(days=1)},
    ],
    ids=["revoque", "expire", "a venir"],
)
def test_un_rattachement_eteint_n_ouvre_rien(doubs: Organisation, champs: dict[str, Any]) -> None:
    assert not perimetre_de(agent(doubs, **champs))


def test_un_compte_desactive_n_a_plus_de_perimetre(charge: Utilisateur) -> None:
    charge.is_active = False

    assert perimetre_de(charge) == Perimetre()


def test_administrer_la_machine_n_ouvre_aucun_dossier(theatre: Organisation) -> None:
    compte = Utilisateur.objects.create_superuser("racine@exemple.fr", "x")

    assert not perimetre_de(compte)
    assert not Organisation.objects.visibles_par(compte).exists()


def test_l_anonyme_n_a_pas_de_perimetre(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    with django_assert_num_queries(0):
        perimetre = perimetre_de(AnonymousUser())

    assert not perimetre
    assert perimetre.libelle == "sans rattachement"
    assert perimetre.personne is None
