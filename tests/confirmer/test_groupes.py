"""Groupes, effectifs déclarés, concurrences présumées."""

from __future__ import annotations

import pytest
from django.urls import reverse

from maillage.annuaire.models import Nature, Role
from maillage.confirmer.models import ConcurrencePresumee, Groupe
from maillage.socle.journal.models import Acte
from tests.fabriques import agent, mission, organisation

pytestmark = pytest.mark.django_db


def test_une_structure_peut_etre_de_deux_groupes(page, dossier, mobilisees) -> None:
    une, deux = mobilisees(2, "retenue")
    adresse = reverse("confirmer:groupe_ajouter", args=[dossier.pk])
    page.post(adresse, {"nom": "Mécénat", "participations": [une.pk, deux.pk]})
    page.post(adresse, {"nom": "Marketing", "participations": [une.pk], "facteurs": ["secteur"]})
    assert une.groupes.count() == 2
    assert page.post(adresse, {"nom": "Mécénat"}).status_code == 422


def test_la_structure_d_une_autre_mission_n_entre_pas_dans_un_groupe(
    page, dossier, mobilisees
) -> None:
    (une,) = mobilisees(1, "retenue")
    autre = mission(dossier.operateur)
    adresse = reverse("confirmer:groupe_ajouter", args=[autre.pk])
    reponse = page.post(adresse, {"nom": "Groupe", "participations": [une.pk]})
    assert reponse.status_code == 422
    assert not Groupe.objects.exists()


def test_l_aide_pose_les_quatre_vigilances(page, dossier, mobilisees) -> None:
    mobilisees(1, "retenue")
    contenu = page.get(reverse("confirmer:groupe_ajouter", args=[dossier.pk])).content.decode()
    assert "Sont-elles concurrentes entre elles" in contenu


def test_un_effectif_par_palier(page, dossier) -> None:
    adresse = reverse("confirmer:effectif_ajouter", args=[dossier.pk])
    assert page.post(adresse, {"palier": "contactee", "nombre": ""}).status_code == 422
    assert page.post(adresse, {"palier": "contactee", "nombre": "27"}).status_code == 302
    assert page.post(adresse, {"palier": "contactee", "nombre": "28"}).status_code == 422
    assert page.post(adresse, {"palier": "retenue", "nombre": "2,5"}).status_code == 422


def test_une_concurrence_se_note_une_fois_entre_deux_structures(page, dossier, mobilisees) -> None:
    une, deux = mobilisees(2)
    adresse = reverse("confirmer:concurrence_ajouter", args=[dossier.pk])
    assert page.post(adresse, {"une": une.pk, "autre": une.pk}).status_code == 422
    assert page.post(adresse, {"une": une.pk, "autre": deux.pk}).status_code == 302
    assert page.post(adresse, {"une": deux.pk, "autre": une.pk}).status_code == 422
    assert ConcurrencePresumee.objects.count() == 1


def test_une_concurrence_ne_sort_pas_du_dla(page, client, dossier, mobilisees) -> None:
    une, deux = mobilisees(2, "retenue")
    groupe = Groupe.objects.create(ingenierie=dossier, nom="Tous")
    groupe.participations.set([une, deux])
    page.post(
        reverse("confirmer:concurrence_ajouter", args=[dossier.pk]),
        {"une": une.pk, "autre": deux.pk, "raison": "même public"},
    )
    adresse = reverse("ingenieries:demarche", args=[dossier.pk, "confirmer.mobiliser"])
    interne = page.get(adresse).content.decode()
    assert "Concurrences présumées" in interne
    assert "1\u00a0concurrence présumée" in interne
    regional = organisation(
        Nature.DLA_REGIONAL, territoires=list(dossier.operateur.territoires.all())
    )
    client.force_login(agent(regional, Role.DLA_REGIONAL))
    vu = client.get(adresse).content.decode()
    assert "Tous" in vu
    for mot in ("oncurrence présumée", "même public"):
        assert mot not in vu
    assert not Acte.objects.sur(dossier).partageables().exists()
