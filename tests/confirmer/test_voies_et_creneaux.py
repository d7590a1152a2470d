"""La voie d'une mobilisation, les créneaux proposés, et ce que chaque passage garde."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from maillage.confirmer.groupes.lecture import ouvrir_l_atelier
from maillage.confirmer.models import Creneau, Mobilisation, Participation
from maillage.confirmer.operations import changer_palier, inviter

pytestmark = pytest.mark.django_db


def test_la_voie_choisie_change_ce_que_la_page_propose(page, dossier) -> None:
    adresse = reverse("confirmer:mobilisation", args=[dossier.pk])
    assert "Choisir la voie" in page.get(adresse).content.decode()
    envoi = reverse("confirmer:voie_ajouter", args=[dossier.pk])
    assert page.post(envoi, {"voie": "entonnoir"}).status_code == 302
    assert "Repérer large" in page.get(adresse).content.decode()
    campagne = Mobilisation.objects.get()
    modifier = reverse("confirmer:voie_modifier", args=[dossier.pk, campagne.pk])
    saisie = {"voie": "collectif_constitue", "collectif": "Le Cercle", "version": 1}
    reponse = page.post(modifier, saisie)
    assert reponse.url.startswith(adresse)
    corps = page.get(adresse).content.decode()
    assert "Entrer le collectif" in corps
    assert "Le Cercle" in corps
    assert "Repérer large" not in corps


def test_la_voie_du_ciblage_mene_a_la_recherche_de_structures(page, dossier) -> None:
    page.post(reverse("confirmer:voie_ajouter", args=[dossier.pk]), {"voie": "ciblage"})
    corps = page.get(reverse("confirmer:mobilisation", args=[dossier.pk])).content.decode()
    assert f"{reverse('identifier:ciblage_nouveau')}?ingenierie={dossier.pk}" in corps


def test_une_voie_se_choisit(page, dossier) -> None:
    reponse = page.post(reverse("confirmer:voie_ajouter", args=[dossier.pk]), {"collectif": "x"})
    assert reponse.status_code == 422
    assert "Choisissez une voie" in reponse.content.decode()


def test_un_creneau_est_un_jour_precis_ou_un_jour_de_semaine(page, dossier) -> None:
    ajouter = reverse("confirmer:creneau_ajouter", args=[dossier.pk])
    deux = {"jour": "2027-01-12", "jour_semaine": "2", "moment": "1"}
    for mauvais in ({"moment": "1"}, deux):
        reponse = page.post(ajouter, mauvais)
        assert reponse.status_code == 422
        assert "un jour précis, ou un jour de la semaine" in reponse.content.decode()
    assert page.post(ajouter, {"jour_semaine": "2", "moment": "2"}).status_code == 302
    assert page.post(ajouter, {"jour": "2027-01-12", "moment": "1"}).status_code == 302
    double = page.post(ajouter, {"jour_semaine": "2", "moment": "2"})
    assert "déjà proposé" in double.content.decode()
    assert [str(c) for c in dossier.creneaux.all()] == [
        "mardi 12 janvier 2027, matin",
        "mardi après-midi",
    ]


def test_la_base_refuse_un_creneau_sans_jour(dossier) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Creneau.objects.create(ingenierie=dossier, moment=1)


def test_ne_pas_savoir_n_est_pas_ne_pas_pouvoir(dossier, mobilisees) -> None:
    muette, libre, prise = mobilisees(3, "interessee")
    mardi = Creneau.objects.create(ingenierie=dossier, jour_semaine=2)
    libre.creneaux.set([mardi])
    prise.aucun_creneau = True
    prise.save()
    lues = {entree.cle: entree.creneaux for entree in ouvrir_l_atelier(dossier).entrees}
    assert lues[str(muette.pk)] is None
    assert lues[str(libre.pk)] == {str(mardi)}
    assert lues[str(prise.pk)] == frozenset()


def test_un_creneau_coche_contredit_aucun(page, dossier, mobilisees) -> None:
    (une,) = mobilisees(1)
    mardi = Creneau.objects.create(ingenierie=dossier, jour_semaine=2)
    adresse = reverse("confirmer:participation_modifier", args=[dossier.pk, une.pk])
    saisie = {"version": 1, "creneaux": [mardi.pk], "aucun_creneau": "on"}
    assert page.post(adresse, saisie).status_code == 422
    assert page.post(adresse, {"version": 1, "creneaux": [mardi.pk]}).status_code == 302
    assert list(une.creneaux.all()) == [mardi]


def test_chaque_passage_est_date_avec_sa_raison(dossier, agente, structures) -> None:
    (une,) = inviter(
        dossier, structures(1), palier="contactee", contactee_le=date(2026, 10, 2), par=agente
    )
    changer_palier(dossier, [une.pk], "interesser", par=agente)
    changer_palier(dossier, [une.pk], "ecarter", raison="complet", motif="Deux places", par=agente)
    aujourd_hui = timezone.localdate()
    assert list(une.passages.values_list("palier", "le", "raison", "mots", "par")) == [
        ("contactee", date(2026, 10, 2), "", "", agente.pk),
        ("interessee", aujourd_hui, "", "", agente.pk),
        ("non_retenue", aujourd_hui, "complet", "Deux places", agente.pk),
    ]
    une = Participation.objects.get()
    assert (une.raison, une.motif) == ("complet", "Deux places")
    changer_palier(dossier, [une.pk], "interesser", par=agente)
    une.refresh_from_db()
    assert (une.raison, une.motif) == ("", "")


def test_la_raison_vient_de_la_liste_courte(page, dossier, mobilisees) -> None:
    une, deux = mobilisees(2, "interessee")
    adresse = reverse("confirmer:palier", args=[dossier.pk])
    page.post(adresse, {"geste": "ecarter", "structures": [une.pk], "raison": "niveau"})
    page.post(adresse, {"geste": "ecarter", "structures": [deux.pk], "raison": "inventée"})
    une.refresh_from_db()
    deux.refresh_from_db()
    assert (une.raison, deux.raison) == ("niveau", "")
    liste = page.get(reverse("confirmer:structures", args=[dossier.pk])).content.decode()
    assert "Niveau ou attentes trop éloignés du groupe" in liste
