"""Une structure répond par sa page, sans compte : oui, non, plus tard, autrement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.confirmer.mobilisation import reponses
from maillage.confirmer.models import (
    BrouillonDeReponse,
    ConcurrencePresumee,
    Creneau,
    Invitation,
    Mobilisation,
    Participation,
)
from maillage.confirmer.operations import changer_palier, prevenir
from maillage.socle.models import Acte, Notification
from tests.fabriques import mission, organisation
from tests.portail.conftest import Chez, contact_de

OUI = {"vient": "oui", "vue": ""}


@pytest.fixture
def invitee(chez: Chez) -> Participation:
    """La structure est invitée par courriel, jusqu'à dans un mois."""
    dossier = mission(chez.dla, titre="Du répertoire aux rencontres")
    Mobilisation.objects.create(
        ingenierie=dossier,
        objet="En serez-vous ?",
        message="Préparons la rencontre.",
        limite_le=timezone.localdate() + timedelta(days=30),
    )
    participation = Participation.objects.create(
        ingenierie=dossier, structure=chez.structure, palier="contactee", atteint="contactee"
    )
    Invitation.objects.create(participation=participation, personne=chez.contact, etat="envoyee")
    return participation


@pytest.fixture
def client(chez: Chez, invitee: Participation) -> Client:
    return chez.entrer()


def page_de(participation: Participation) -> str:
    return reverse("portail:mobilisation", args=[participation.pk])


def relire(participation: Participation) -> Participation:
    return Participation.objects.get(pk=participation.pk)


def test_la_page_dit_qui_demande_et_jusqu_a_quand(client: Client, invitee: Participation) -> None:
    accueil = client.get("/ma-page/").content.decode()
    assert "« Du répertoire aux rencontres » : en serez-vous ?" in accueil
    page = client.get(page_de(invitee)).content.decode()
    assert "Préparons la rencontre." in page
    assert "Répondez jusqu’au" in page
    assert "une personne bénévole et une salariée" in page


def test_oui_avec_tout_ce_que_la_structure_veut_dire(
    client: Client, invitee: Participation
) -> None:
    mardi = Creneau.objects.create(ingenierie=invitee.ingenierie, jour_semaine=2)
    Creneau.objects.create(ingenierie=invitee.ingenierie, jour_semaine=4)
    saisie: dict[str, Any] = {
        **OUI,
        "question_concernees": "oui",
        "question_methode": "reserve",
        "niveau": "pratique",
        "attentes": "Savoir se présenter",
        "participants": "La directrice et un administrateur",
        "benevoles": "1",
        "salaries": "1",
        "creneaux": [mardi.pk],
        "disponibilites": "Pas en juillet",
    }
    assert client.post(page_de(invitee), saisie).status_code == 302
    dite = relire(invitee)
    assert (dite.palier, dite.vient, dite.repondu_par) == (
        "interessee",
        True,
        "Ada Diallo, présidente",
    )
    assert dite.reponses == {"concernees": "oui", "methode": "reserve"}
    assert (dite.niveau, dite.attentes) == ("pratique", "Savoir se présenter")
    assert (str(dite.benevoles), str(dite.salaries)) == ("1", "1")
    assert list(dite.creneaux.all()) == [mardi]
    passage = dite.passages.get()
    assert (passage.palier, passage.au_nom_de) == ("interessee", "Ada Diallo, présidente")
    acte = Acte.objects.get(phrase__startswith="a reçu la réponse")
    assert acte.interne
    assert acte.qui is None
    assert "Savoir se présenter" in client.get(page_de(invitee)).content.decode()
    assert "le groupe se forme" in client.get("/ma-page/").content.decode().lower()


def test_non_avec_sa_raison(client: Client, chez: Chez, invitee: Participation) -> None:
    saisie = {"vient": "non", "vue": "", "raison": "calendrier", "motif": "En tournée"}
    client.post(page_de(invitee), saisie)
    dite = relire(invitee)
    assert (dite.palier, dite.atteint) == ("desistee", "contactee")
    assert (dite.raison, dite.motif) == ("calendrier", "En tournée")
    annonce = Notification.objects.get(destinataire=chez.agent)
    assert "L’Atelier a répondu, elle ne vient pas" in annonce.phrase


def test_pourquoi_non_se_replie_d_un_bloc_sans_rien_perdre(
    client: Client, invitee: Participation
) -> None:
    """Le bloc que la feuille de style replie tient la raison et ses mots, et eux seuls."""
    client.post(page_de(invitee), {"vient": "oui", "vue": "", "motif": "Écrit avant d’hésiter"})
    assert relire(invitee).motif == ""
    corps = client.get(page_de(invitee)).content.decode()
    avant, _, suite = corps.partition('<div class="formulaire-suite si-non">')
    bloc, _, apres = suite.partition("</form>")[0].partition('name="question_')
    assert 'name="vient"' in avant
    assert 'name="raison"' in bloc
    assert "Écrit avant d’hésiter" in bloc
    assert 'name="attentes"' not in avant + bloc
    sujet, _, venue = apres.partition('<div class="formulaire-suite si-oui">')
    assert 'name="remarques"' in sujet
    assert 'name="attentes"' not in sujet
    assert 'name="attentes"' in venue


def test_changer_d_avis_jusqu_a_la_date_limite(client: Client, invitee: Participation) -> None:
    client.post(page_de(invitee), {"vient": "non", "vue": "", "raison": "moyens"})
    vue = relire(invitee).repondu_le
    assert vue
    client.post(page_de(invitee), {"vient": "oui", "vue": vue.isoformat()})
    dite = relire(invitee)
    assert (dite.palier, dite.vient, dite.raison) == ("interessee", True, "")
    assert [p.palier for p in dite.passages.all()] == ["desistee", "interessee"]
    Mobilisation.objects.update(limite_le=timezone.localdate() - timedelta(days=1))
    page = client.get(page_de(invitee))
    assert "ne se change plus ici" in page.content.decode()
    assert client.post(page_de(invitee), {"vient": "non", "vue": ""}).status_code == 422
    assert relire(invitee).vient is True


def test_oui_ou_non_est_la_seule_obligation(client: Client, invitee: Participation) -> None:
    reponse = client.post(page_de(invitee), {"attentes": "Gardé", "vue": ""})
    assert reponse.status_code == 422
    corps = reponse.content.decode()
    assert "Dites oui ou non" in corps
    assert "Gardé" in corps
    assert relire(invitee).repondu_le is None


@pytest.mark.parametrize(
    "faute",
    [
        {"vient": "peut-être"},
        {"raison": "inventée"},
        {"niveau": "x"},
        {"benevoles": "beaucoup trop"},
        {"attentes": "x" * 4001},
        {"creneaux": ["pas-une-cle"]},
    ],
)
def test_une_mauvaise_saisie_se_repare(
    client: Client, invitee: Participation, faute: dict[str, Any]
) -> None:
    Creneau.objects.create(ingenierie=invitee.ingenierie, jour_semaine=2)
    assert client.post(page_de(invitee), {**OUI, **faute}).status_code == 422
    assert relire(invitee).repondu_le is None


def test_le_brouillon_se_retrouve_et_n_est_qu_a_soi(
    client: Client, chez: Chez, invitee: Participation
) -> None:
    garder = reverse("portail:brouillon", args=[invitee.pk])
    client.post(garder, {"attentes": "À finir\x00", "vue": ""})
    assert "À finir" in client.get(page_de(invitee)).content.decode()
    assert relire(invitee).attentes == ""
    collegue = contact_de(chez.structure, nom="Zola", courriel="zola@exemple.fr")
    autre = chez.entrer(jeton=chez.lien(collegue)[1])
    assert "À finir" not in autre.get(page_de(invitee)).content.decode()
    client.post(page_de(invitee), OUI)
    assert not BrouillonDeReponse.objects.exists()


def test_deux_collegues_ne_s_ecrasent_pas(
    client: Client, chez: Chez, invitee: Participation
) -> None:
    collegue = contact_de(chez.structure, nom="Zola", courriel="zola@exemple.fr")
    autre = chez.entrer(jeton=chez.lien(collegue)[1])
    autre.post(page_de(invitee), {"vient": "non", "vue": ""})
    reponse = client.post(page_de(invitee), {**OUI, "attentes": "Mes mots"})
    assert reponse.status_code == 422
    corps = reponse.content.decode()
    assert "a répondu pendant que vous écriviez" in corps
    assert "Mes mots" in corps
    assert relire(invitee).vient is False
    vue = relire(invitee).repondu_le
    assert vue
    assert vue.isoformat() in corps


def test_deux_envois_au_meme_instant_ne_s_ecrasent_pas(
    client: Client, invitee: Participation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L'autre réponse arrive entre la relecture du formulaire et l'écriture."""

    def devance(participation: Participation, *args: Any, **options: Any) -> Participation:
        monkeypatch.undo()
        autre = Participation.objects.filter(pk=participation.pk)
        autre.update(repondu_le=timezone.now(), repondu_par="Zoé", attentes="Trouver des mécènes")
        return reponses.repondre(participation, *args, **options)

    monkeypatch.setattr("maillage.portail.views.mobilisation.reponses.repondre", devance)
    refusee = client.post(page_de(invitee), {**OUI, "attentes": "Un lieu"})
    assert refusee.status_code == 422
    contenu = refusee.content.decode()
    assert "a répondu pendant que vous écriviez" in contenu
    assert "Un lieu" in contenu
    assert relire(invitee).attentes == "Trouver des mécènes"
    vue = refusee.context["formulaire"]["vue"].value()
    assert (
        client.post(page_de(invitee), {**OUI, "vue": vue, "attentes": "Un lieu"}).status_code == 302
    )
    assert relire(invitee).attentes == "Un lieu"


def test_rien_d_interne_sur_la_page(client: Client, chez: Chez, invitee: Participation) -> None:
    """Ni les notes du DLA, ni la concurrence présumée, ni un refus avant d'être prévenue."""
    rivale = Participation.objects.create(
        ingenierie=invitee.ingenierie, structure=organisation(nom="SECRET rivale")
    )
    ConcurrencePresumee.objects.create(
        ingenierie=invitee.ingenierie, une=invitee, autre=rivale, raison="SECRET marché"
    )
    Participation.objects.filter(pk=invitee.pk).update(
        remarques="SECRET note", attentes="SECRET attente", disponibilites="SECRET"
    )
    changer_palier(
        invitee.ingenierie, [invitee.pk], "ecarter", raison="niveau", motif="SECRET", par=chez.agent
    )
    for adresse in ("/ma-page/", page_de(invitee)):
        corps = client.get(adresse).content.decode()
        assert "SECRET" not in corps
        assert "retenue" not in corps
        assert "Le groupe est formé" not in corps
    client.post(page_de(invitee), OUI)
    assert relire(invitee).palier == "non_retenue"
    prevenir(invitee.ingenierie, [invitee.pk], le=timezone.localdate(), par=chez.agent)
    assert "n’est pas retenue cette fois" in client.get("/ma-page/").content.decode()


def test_la_mission_d_une_autre_structure_n_existe_pas(
    client: Client, invitee: Participation
) -> None:
    ailleurs = Participation.objects.create(
        ingenierie=invitee.ingenierie,
        structure=organisation(),
        palier="contactee",
        atteint="contactee",
    )
    personne = contact_de(ailleurs.structure, courriel="b@exemple.fr")
    Invitation.objects.create(participation=ailleurs, personne=personne, etat="envoyee")
    assert client.get(page_de(ailleurs)).status_code == 404
    assert client.post(page_de(ailleurs), OUI).status_code == 404
    garder = reverse("portail:brouillon", args=[ailleurs.pk])
    assert client.post(garder, {"attentes": "x"}).status_code == 404


def test_sans_invitation_parvenue_rien_ne_se_demande(
    client: Client, invitee: Participation
) -> None:
    Invitation.objects.update(etat="a_envoyer")
    assert "en serez-vous" not in client.get("/ma-page/").content.decode()
    assert client.get(page_de(invitee)).status_code == 404


def test_un_agent_connecte_ne_repond_pas_a_sa_place(
    client: Client, chez: Chez, invitee: Participation
) -> None:
    client.force_login(chez.agent)
    assert client.post(page_de(invitee), OUI).status_code == 403
    assert relire(invitee).repondu_le is None


def test_une_reponse_par_un_lien_copie_le_dit(chez: Chez, invitee: Participation) -> None:
    copie = chez.entrer(jeton=chez.lien_copie())
    copie.post(page_de(invitee), OUI)
    assert "lien remis par" in relire(invitee).repondu_par


def test_la_page_tient_en_douze_requetes(
    client: Client, invitee: Participation, django_assert_max_num_queries
) -> None:
    for jour in range(1, 8):
        Creneau.objects.create(ingenierie=invitee.ingenierie, jour_semaine=jour)
    with django_assert_max_num_queries(12):
        client.get(page_de(invitee))
    with django_assert_max_num_queries(12):
        client.get("/ma-page/")
