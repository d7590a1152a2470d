"""La page personnelle : répondre sans compte, pour sa structure et elle seule."""

from __future__ import annotations

import pytest
from django.urls import reverse

from maillage.accueillir.models import Autorisation, ExceptionDAutorisation, VoieDAutorisation
from maillage.annuaire.models import Personne, Role
from maillage.socle.models import Acte, Notification
from tests.accueillir.fabriques import autoriser, diagnostic_valide, soustraire
from tests.comptes import connecte
from tests.fabriques import agent, organisation
from tests.portail.conftest import EN_MAIN, Chez

AUTORISATIONS = "/ma-page/autorisations/"
SOUSTRAIRE, LEVER = f"{AUTORISATIONS}soustraire/", f"{AUTORISATIONS}lever/"


def test_la_page_dit_qui_demande_pourquoi_et_ce_que_c_est_devenu(chez: Chez) -> None:
    client = chez.entrer()
    page = client.get("/ma-page/").content.decode()
    assert chez.dla.nom in page
    assert "Dire qui peut lire vos diagnostics" in page
    assert "restent fermés" in page


def test_repondre_sans_compte_nomme_la_personne(chez: Chez) -> None:
    client = chez.entrer()
    reponse = client.post(AUTORISATIONS, {"vu": "", "comite": "oui", "prestataire": "non"})
    assert reponse.status_code == 302
    dite = Autorisation.objects.get(categorie="comite")
    assert (dite.voie, dite.par) == ("page", "Ada Diallo, présidente")
    phrase = Acte.objects.filter(phrase__contains="Ada Diallo, présidente").get()
    assert phrase.qui is None


@pytest.mark.parametrize("adresse", [AUTORISATIONS, SOUSTRAIRE, LEVER])
def test_un_agent_connecte_au_meme_navigateur_ne_repond_pas_a_sa_place(
    adresse: str, chez: Chez
) -> None:
    client = chez.entrer()
    client.force_login(chez.agent)
    lu = diagnostic_valide(chez.structure, chez.dla)
    refusee = client.post(adresse, {"vu": "", "comite": "oui", "diagnostic": lu.pk})
    assert refusee.status_code == 403
    assert str(chez.agent) in refusee.content.decode()
    assert "se consigne depuis votre compte" in refusee.content.decode()
    assert "no-store" in refusee["Cache-Control"]
    assert not Autorisation.objects.exists()
    assert not ExceptionDAutorisation.objects.exists()
    assert client.post(reverse("portail:quitter")).status_code == 200


def test_un_agent_connecte_ne_passe_pas_la_porte_la_personne_si(chez: Chez) -> None:
    page, jeton = chez.lien()
    client = connecte(chez.agent)
    assert client.post(reverse("portail:porte", args=[jeton])).status_code == 403
    page.lien.refresh_from_db()
    assert page.lien.ouvert_le is None
    sien = agent(chez.structure, Role.STRUCTURE)
    Personne.objects.filter(compte=sien).update(compte=None)
    Personne.objects.filter(pk=chez.contact.pk).update(compte=sien)
    client.force_login(sien)
    assert client.post(reverse("portail:porte", args=[jeton])).status_code == 302
    assert client.post(AUTORISATIONS, {"vu": "", "comite": "oui"}).status_code == 302


def test_ce_que_repond_un_lien_copie_le_dit_partout(chez: Chez) -> None:
    """Sur la page, au journal, à l'équipe et aux comptes de la structure."""
    client = chez.entrer(jeton=chez.lien_copie())
    collegue = agent(chez.structure, Role.STRUCTURE)
    assert client.post(AUTORISATIONS, {"vu": "", "comite": "oui"}).status_code == 302
    dite = Autorisation.objects.get()
    assert dite.voie == VoieDAutorisation.REMISE
    assert dite.preuve == f"lien remis par {chez.agent} : {EN_MAIN}"
    assert EN_MAIN in client.get(AUTORISATIONS).content.decode()
    assert Acte.objects.filter(phrase__contains="par un lien que le DLA lui a remis").exists()
    for compte in (collegue, chez.agent):
        assert Notification.objects.filter(
            destinataire=compte, phrase__contains="par un lien que le DLA lui a remis"
        ).exists()


def test_un_lien_copie_ne_leve_pas_ce_que_la_structure_a_pose_elle_meme(chez: Chez) -> None:
    client = chez.entrer(jeton=chez.lien_copie())
    posee = soustraire(chez.structure, diagnostic=diagnostic_valide(chez.structure, chez.dla))
    assert "Lever cette exception" not in client.get(AUTORISATIONS).content.decode()
    assert client.post(LEVER, {"exception": posee.pk}).status_code == 403
    assert chez.entrer().post(LEVER, {"exception": posee.pk}).status_code == 302


def test_soustraire_et_lever_par_sa_page(chez: Chez) -> None:
    client = chez.entrer()
    lu = diagnostic_valide(chez.structure, chez.dla)
    assert client.post(SOUSTRAIRE, {"diagnostic": lu.pk}).status_code == 302
    exception = ExceptionDAutorisation.objects.get()
    client.post(LEVER, {"exception": exception.pk})
    assert not ExceptionDAutorisation.objects.exists()


def test_rien_d_une_autre_structure_ne_s_atteint(chez: Chez) -> None:
    client = chez.entrer()
    autre = organisation(operateur=chez.dla, nom="Une autre")
    autoriser(autre, "comite")
    sien = diagnostic_valide(autre, chez.dla, synthese="SECRET")
    exception = soustraire(autre, diagnostic=sien)
    lever = client.post(LEVER, {"exception": exception.pk})
    assert lever.status_code == 404
    soustrait = client.post(SOUSTRAIRE, {"diagnostic": sien.pk})
    assert soustrait.status_code == 422
    assert ExceptionDAutorisation.objects.count() == 1
    assert "SECRET" not in client.get(AUTORISATIONS).content.decode()
    assert "Une autre" not in client.get(AUTORISATIONS).content.decode()


@pytest.mark.parametrize("vu", ["", "comite:9"])
def test_ce_qu_un_autre_vient_de_changer_ne_s_ecrase_pas(chez: Chez, vu: str) -> None:
    client = chez.entrer()
    autoriser(chez.structure, "comite")
    reponse = client.post(AUTORISATIONS, {"vu": vu, "comite": "non"})
    assert reponse.status_code == 422
    assert Autorisation.objects.get().accordee


def test_refermer_sa_page_sur_un_appareil_partage(chez: Chez) -> None:
    client = chez.entrer()
    assert client.post(reverse("portail:quitter")).status_code == 200
    assert client.get("/ma-page/").status_code == 404


def test_la_page_coute_autant_a_un_diagnostic_qu_a_dix(
    chez: Chez, django_assert_num_queries: object
) -> None:
    client = chez.entrer()
    for nombre in (1, 10):
        for _ in range(nombre):
            diagnostic_valide(chez.structure, chez.dla)
        with django_assert_num_queries(6):  # type: ignore[operator]
            client.get(AUTORISATIONS)
