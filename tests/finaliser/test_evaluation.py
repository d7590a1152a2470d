"""L'évaluation : réponses, adaptations, registres ; les pages et les mauvaises saisies."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage import methode
from maillage.annuaire.models import Role
from maillage.finaliser.models import AppreciationDeRegistre, QuestionAdaptee, Reponse
from maillage.finaliser.operations import recueillir
from maillage.socle.journal.models import Acte
from tests.fabriques import agent, mission, organisation

pytestmark = pytest.mark.django_db
LIENS = "partenariats.liens"


def questionnaire(dossier, public="structures") -> str:
    return reverse("finaliser:questionnaire", args=[dossier.pk, public])


def test_saisir_un_questionnaire_entier(page, dossier, retenues) -> None:
    (une,) = retenues(1)
    formulaire = page.get(questionnaire(dossier)).context["formulaire"]
    assert sum(len(q) for _, q in formulaire.sections) == 19
    envoi = {
        "organisation": une.structure_id,
        "auteur": "la directrice",
        "niveau_0": "plutot_oui",
        "mots_3": "<b>Mieux équipées</b>",
        "repondu_le": "2026-06-01",
    }
    assert page.post(questionnaire(dossier), envoi).status_code == 302
    assert dossier.reponses.count() == 2
    doublon = page.post(questionnaire(dossier), envoi)
    assert doublon.status_code == 422
    assert "déjà répondu" in doublon.content.decode()
    vue = page.get(reverse("finaliser:evaluation", args=[dossier.pk])).content.decode()
    assert "&lt;b&gt;Mieux équipées" in vue
    assert "la directrice" in vue


@pytest.mark.parametrize(
    "faute",
    [
        {},
        {"niveau_0": "bof"},
        {"mots_0": "x" * 4001},
        {"mots_0": "oui", "repondu_le": "jeudi"},
        {"mots_0": "oui", "organisation": "00000000-0000-0000-0000-000000000000"},
    ],
)
def test_un_questionnaire_faux_se_reaffiche(page, dossier, faute) -> None:
    reponse = page.post(questionnaire(dossier), faute | {"auteur": "Quelqu’un"})
    assert reponse.status_code == 422
    assert "Quelqu’un" in reponse.content.decode()
    assert not Reponse.objects.exists()


def test_une_voix_inconnue_n_existe_pas(page, dossier) -> None:
    assert page.get(questionnaire(dossier, "martiens")).status_code == 404
    question = reverse("finaliser:question", args=[dossier.pk, "rien.du.tout"])
    assert page.get(question).status_code == 404


def test_noter_une_reponse_depuis_sa_question(page, dossier, agente, retenues) -> None:
    (une,) = retenues(1)
    adresse = reverse("finaliser:question", args=[dossier.pk, LIENS])
    assert page.post(adresse, {"public": "structures"}).status_code == 422
    envoi = {"public": "structures", "organisation": une.structure_id, "niveau": "tout_a_fait"}
    assert page.post(adresse, envoi).status_code == 302
    assert dossier.reponses.get().saisie_par == agente
    etrangere = organisation()
    assert page.post(adresse, envoi | {"organisation": etrangere.pk}).status_code == 422


def test_la_matrice_dit_ou_l_on_diverge(page, dossier, agente) -> None:
    recueillir(
        dossier,
        [
            Reponse(question=LIENS, public="structures", niveau="tout_a_fait"),
            Reponse(question=LIENS, public="prestataires", niveau="pas_du_tout"),
        ],
        par=agente,
    )
    adresse = reverse("finaliser:evaluation", args=[dossier.pk])
    contenu = page.get(adresse, {"groupe": "partenariats"}).content.decode()
    assert "les voix divergent" in contenu
    assert "pas interrogé" in page.get(adresse).content.decode()
    assert "pas répondu" in contenu


def test_ajouter_une_question_puis_y_repondre(page, dossier) -> None:
    ajouter = reverse("finaliser:question_ajoutee_ajouter", args=[dossier.pk])
    envoi = {"libelle": "Le jury ?", "groupe": "innovation", "publics": ["structures"]}
    assert page.post(ajouter, envoi).status_code == 422
    assert page.post(ajouter, envoi | {"raison": "Un jury", "publics": ["x"]}).status_code == 422
    assert page.post(ajouter, envoi | {"raison": "Un jury d’entreprises"}).status_code == 302
    ajoutee = QuestionAdaptee.objects.get()
    adresse = reverse("finaliser:question", args=[dossier.pk, ajoutee.code])
    assert page.post(adresse, {"public": "structures", "mots": "Stimulant"}).status_code == 302
    groupe = reverse("finaliser:evaluation", args=[dossier.pk])
    assert "Stimulant" in page.get(groupe, {"groupe": "innovation"}).content.decode()


def test_mettre_de_cote_demande_une_raison_et_une_cible(page, dossier) -> None:
    ecarter = reverse("finaliser:mise_de_cote_ajouter", args=[dossier.pk])
    assert page.post(ecarter, {"question": LIENS}).status_code == 422
    assert page.post(ecarter, {"raison": "Parce que"}).status_code == 422
    envoi = {"publics": ["centre_ressources"], "raison": "Aucun centre associé"}
    assert page.post(ecarter, envoi).status_code == 302
    adresse = reverse("finaliser:evaluation", args=[dossier.pk])
    assert "Aucun centre associé" in page.get(adresse).content.decode()
    voix = questionnaire(dossier, "centre_ressources")
    assert page.get(voix).context["formulaire"].sections == []


def test_un_registre_se_remplit_une_fois_et_se_signe(page, client, dossier, agente) -> None:
    ajouter = reverse("finaliser:registre_ajouter", args=[dossier.pk])
    envoi = {"registre": "coherence", "texte": "Des moyens à la hauteur"}
    assert page.post(ajouter, envoi).status_code == 302
    assert page.post(ajouter, envoi).status_code == 422
    ecrit = AppreciationDeRegistre.objects.get()
    assert ecrit.auteur == agente
    collegue = agent(dossier.operateur)
    client.force_login(collegue)
    modifier = reverse("finaliser:registre_modifier", args=[dossier.pk, ecrit.pk])
    client.post(modifier, envoi | {"texte": "Repris", "version": 1})
    ecrit.refresh_from_db()
    assert (ecrit.texte, ecrit.auteur) == ("Repris", collegue)


def test_ce_que_chacun_a_dit_reste_aux_dla(client, dossier, agente, retenues) -> None:
    (une,) = retenues(1)
    confidence = Reponse(question=LIENS, public="structures", mots="Entre nous")
    recueillir(dossier, [confidence], par=agente)
    client.force_login(agent(une.structure, Role.STRUCTURE))
    for nom, *reste in (("evaluation",), ("question", LIENS), ("questionnaire", "structures")):
        adresse = reverse(f"finaliser:{nom}", args=[dossier.pk, *reste])
        assert client.get(adresse).status_code == 403
    demarche = reverse("ingenieries:demarche", args=[dossier.pk, "finaliser.evaluer"])
    assert "Entre nous" not in client.get(demarche).content.decode()
    assert not Acte.objects.sur(dossier).partageables().exists()


def test_la_reponse_d_une_autre_mission_n_est_pas_la(page, dossier) -> None:
    autre = mission(dossier.operateur)
    reponse = Reponse.objects.create(
        ingenierie=autre, question=LIENS, public="structures", mots="Ailleurs"
    )
    adresse = reverse("finaliser:reponse_modifier", args=[dossier.pk, reponse.pk])
    assert page.get(adresse).status_code == 404


@pytest.mark.parametrize("nombre", [1, 200])
def test_les_pages_de_l_evaluation_tiennent_leur_budget(page, dossier, retenues, nombre) -> None:
    participations = retenues(nombre)
    Reponse.objects.bulk_create(
        Reponse(
            ingenierie=dossier,
            question=q.code,
            public="structures",
            organisation=p.structure,
            niveau="plutot_oui",
            mots="Oui, " * 100,
        )
        for p in participations
        for q in methode.matrice().pour("structures")
    )
    adresses = [
        reverse("ingenieries:demarche", args=[dossier.pk, "finaliser.evaluer"]),
        reverse("finaliser:question", args=[dossier.pk, LIENS]),
        questionnaire(dossier),
        *(
            f"{reverse('finaliser:evaluation', args=[dossier.pk])}?groupe={g.code}"
            for g in methode.matrice().groupes
        ),
    ]
    for adresse in adresses:
        with CaptureQueriesContext(connection) as requetes:
            reponse = page.get(adresse)
        assert reponse.status_code == 200
        assert len(requetes) <= 12, adresse
        assert len(reponse.content) <= 80_000, (adresse, len(reponse.content))
