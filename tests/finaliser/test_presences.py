"""Les présences : une grille que plusieurs remplissent sans se perdre un mot."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from maillage.annuaire.models import Nature, Role
from maillage.confirmer.models import Groupe
from maillage.finaliser.calculs.presences import fusionner
from maillage.finaliser.models import Presence, Seance
from maillage.finaliser.views.seances import Grille
from tests.fabriques import agent, mission, organisation

CASES = st.dictionaries(st.integers(0, 5), st.sampled_from(["", "p", "a"]))


def test_on_n_ecrit_que_ce_que_l_on_a_change() -> None:
    fusion = fusionner({1: "p"}, {1: "p", 2: "a", 3: ""}, {1: "a"})
    assert fusion.ecritures == {2: "a"}
    assert not fusion.conflits


def test_une_case_changee_par_deux_personnes_reste_a_trancher() -> None:
    fusion = fusionner({1: ""}, {1: "p", 2: "a"}, {1: "a", 2: "a"})
    assert not fusion.ecritures
    assert (fusion.conflits[1].saisi, fusion.conflits[1].enregistre) == ("p", "a")


@given(CASES, CASES, CASES)
def test_rien_ne_se_perd_en_silence(lu, saisi, enregistre) -> None:
    fusion = fusionner(lu, saisi, enregistre)
    for case, valeur in saisi.items():
        change = valeur != lu.get(case, "")
        deja = valeur == enregistre.get(case, "")
        assert (case in fusion.ecritures or case in fusion.conflits) == (change and not deja)
        if case in fusion.ecritures:
            assert lu.get(case, "") == enregistre.get(case, "")


@pytest.fixture
def seance(dossier) -> Seance:
    return Seance.objects.create(
        ingenierie=dossier, forme="collective", titre="Jour 1", date=date(2026, 3, 2)
    )


def adresse(dossier) -> str:
    return reverse("finaliser:presences", args=[dossier.pk])


@pytest.mark.django_db
def test_noter_corriger_puis_vider(page, dossier, seance, retenues) -> None:
    une, deux = retenues(2)
    nom, autre = Grille.nom(seance, une), Grille.nom(seance, deux)
    page.post(adresse(dossier), {nom: "present", autre: "absent", "lu": ""})
    assert Presence.objects.count() == 2
    page.post(adresse(dossier), {nom: "excuse", "lu": f"{nom}=p"})
    assert Presence.objects.get(participation=une).etat == "excuse"
    page.post(adresse(dossier), {nom: "", "lu": f"{nom}=e"})
    assert not Presence.objects.filter(participation=une).exists()


@pytest.mark.django_db
def test_deux_agents_sur_la_meme_case(page, dossier, seance, retenues) -> None:
    une, deux = retenues(2)
    nom, autre = Grille.nom(seance, une), Grille.nom(seance, deux)
    page.post(adresse(dossier), {nom: "present", "lu": ""})
    reponse = page.post(adresse(dossier), {nom: "absent", autre: "present", "lu": ""})
    contenu = reponse.content.decode()
    assert reponse.status_code == 409
    assert "enregistré\u00a0: présente" in contenu
    assert Presence.objects.get(participation=deux).etat == "present"
    assert Presence.objects.get(participation=une).etat == "present"
    page.post(adresse(dossier), {nom: "absent", "lu": f"{nom}=p"})
    assert Presence.objects.get(participation=une).etat == "absent"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "envoi",
    [
        {"lu": "n'importe=quoi = =="},
        {"00000000-00000000": "present"},
        {"lu": "<script>"},
    ],
)
def test_un_envoi_illisible_ne_casse_ni_n_ecrit_rien(
    page, dossier, seance, retenues, envoi
) -> None:
    (une,) = retenues(1)
    reponse = page.post(adresse(dossier), envoi | {Grille.nom(seance, une): "peut-être"})
    assert reponse.status_code == 302
    assert not Presence.objects.exists()


@pytest.mark.django_db
def test_la_participation_d_une_autre_mission_n_est_pas_notee(
    page, dossier, seance, retenues
) -> None:
    autre = mission(dossier.operateur)
    (une,) = retenues(1)
    page.post(adresse(autre), {Grille.nom(seance, une): "present", "lu": ""})
    assert not Presence.objects.exists()


@pytest.mark.django_db
def test_un_groupe_ou_un_temps_individuel_n_attend_que_les_siens(page, dossier, retenues) -> None:
    une, deux = retenues(2)
    groupe = Groupe.objects.create(ingenierie=dossier, nom="A")
    groupe.participations.set([une])
    Seance.objects.create(ingenierie=dossier, forme="collective", titre="A", groupe=groupe)
    Seance.objects.create(ingenierie=dossier, forme="individuelle", titre="B", participation=deux)
    cases = page.get(adresse(dossier)).context["grille"].cases
    assert {p for _, p in cases.values()} == {une.pk, deux.pk}
    assert len(cases) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("nombre", [10, 200])
def test_la_grille_tient_son_budget(page, dossier, retenues, nombre) -> None:
    retenues(nombre)
    Seance.objects.bulk_create(
        Seance(ingenierie=dossier, forme="collective", titre=f"Jour {n}") for n in range(nombre)
    )
    for url in (
        adresse(dossier),
        reverse("finaliser:seances", args=[dossier.pk]),
        reverse("ingenieries:demarche", args=[dossier.pk, "finaliser.realiser"]),
    ):
        with CaptureQueriesContext(connection) as requetes:
            reponse = page.get(url)
        assert reponse.status_code == 200
        assert len(requetes) <= 12, [r["sql"][:90] for r in requetes]
        assert len(reponse.content) <= 80_000, url


@pytest.mark.django_db
def test_une_seance_ne_prend_que_les_siens(page, dossier, retenues) -> None:
    (une,) = retenues(1)
    autre = mission(dossier.operateur)
    ajouter = reverse("finaliser:seance_ajouter", args=[autre.pk])
    envoi = {"forme": "individuelle", "titre": "RDV", "participation": une.pk}
    assert page.post(ajouter, envoi).status_code == 422
    ajouter = reverse("finaliser:seance_ajouter", args=[dossier.pk])
    assert page.post(ajouter, envoi | {"forme": "collective"}).status_code == 422
    assert page.post(ajouter, envoi | {"duree": "une demi-journée"}).status_code == 422
    assert page.post(ajouter, envoi | {"titre": "x" * 161}).status_code == 422
    assert page.post(ajouter, envoi | {"duree": "0,5"}).status_code == 302
    assert str(Seance.objects.get().duree) == "0,5\u00a0jour"


@pytest.mark.django_db
def test_seul_le_dla_pilote_note_les_presences(client, dossier, seance, retenues) -> None:
    (une,) = retenues(1)
    client.force_login(agent(une.structure, Role.STRUCTURE))
    assert client.get(adresse(dossier)).status_code == 403
    assert client.get(reverse("finaliser:seances", args=[dossier.pk])).status_code == 200
    client.force_login(agent(organisation(Nature.PRESTATAIRE), Role.PRESTATAIRE))
    assert client.get(adresse(dossier)).status_code == 404
