"""Le lien personnel : ce qu'il ouvre, ce qui le ferme, et ce qui n'en reste nulle part."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.models import Rattachement
from maillage.portail.models import PagePersonnelle
from maillage.socle.liens import operations as liens
from maillage.socle.liens.vues import PAR_ADRESSE, PAR_JETON
from maillage.socle.models import Acte, Lien
from tests.comptes import connecte
from tests.fabriques import agent, departement, operateur
from tests.portail.conftest import EN_MAIN, Chez, contact_de

PAGE = "/ma-page/"
JETON_CSRF = re.compile(r'"[A-Za-z0-9]{64}"')


def porte(jeton: str) -> str:
    return reverse("portail:porte", args=[jeton])


def test_lire_la_porte_n_ecrit_rien_l_ouvrir_se_voit(chez: Chez) -> None:
    page, jeton = chez.lien()
    client = Client()
    assert chez.dla.nom in client.get(porte(jeton)).content.decode()
    page.lien.refresh_from_db()
    assert page.lien.ouvert_le is None
    assert client.get(PAGE).status_code == 404
    chez.entrer(client, jeton)
    page.lien.refresh_from_db()
    assert page.lien.ouvert_le is not None
    assert client.get(PAGE).status_code == 200


def test_seul_le_condensat_est_garde(chez: Chez) -> None:
    page, jeton = chez.lien()
    assert jeton not in str(list(Lien.objects.values()))
    assert jeton not in str(list(PagePersonnelle.objects.values()))
    assert jeton not in str(list(Acte.objects.values()))
    assert page.lien.condensat == liens.condenser(jeton)


FERMETURES = ("revoque", "expire", "renouvele", "plus_contact")


def fermer(chez: Chez, page: PagePersonnelle, comment: str) -> None:
    hier = timezone.now() - timedelta(days=1)
    if comment == "revoque":
        Lien.objects.filter(pk=page.lien_id).update(revoque_le=hier)
    elif comment == "expire":
        Lien.objects.filter(pk=page.lien_id).update(expire_le=hier)
    elif comment == "renouvele":
        chez.lien()
    else:
        Rattachement.objects.filter(personne=chez.contact).update(revoque_le=hier)


@pytest.mark.parametrize("comment", FERMETURES)
def test_ce_qui_ferme_le_lien_ferme_aussi_la_page_ouverte(chez: Chez, comment: str) -> None:
    page, jeton = chez.lien()
    client = chez.entrer(jeton=jeton)
    assert client.get(PAGE).status_code == 200
    fermer(chez, page, comment)
    assert client.get(PAGE).status_code == 404
    assert client.get(porte(jeton)).status_code == 404
    assert client.post(porte(jeton)).status_code == 404


def test_inconnu_expire_revoque_la_meme_reponse(chez: Chez) -> None:
    """Rien ne distingue un lien qui a existé d'un lien inventé."""
    reponses = set()
    for comment in ("", *FERMETURES):
        page, jeton = chez.lien()
        if comment:
            fermer(chez, page, comment)
        client = Client()
        reponse = client.get(porte(jeton if comment else "x" * len(jeton)))
        reponses.add((reponse.status_code, JETON_CSRF.sub("", reponse.content.decode())))
    assert len(reponses) == 1
    assert next(iter(reponses))[0] == 404


def test_un_lien_d_une_autre_finalite_n_ouvre_rien(chez: Chez) -> None:
    _, jeton = liens.creer(finalite="autre", duree=timedelta(days=1))
    assert Client().get(porte(jeton)).status_code == 404


def test_un_temoin_invente_ou_d_un_autre_sel_n_ouvre_rien(chez: Chez) -> None:
    page, _ = chez.lien()
    client = Client()
    client.cookies["page_personnelle"] = str(page.lien_id)
    assert client.get(PAGE).status_code == 404


def test_le_temoin_est_hors_de_portee_des_scripts_et_des_autres_sites(chez: Chez) -> None:
    temoin = chez.entrer().cookies["page_personnelle"]
    assert temoin["httponly"]
    assert temoin["samesite"] == "Strict"
    assert temoin["path"] == PAGE
    assert temoin["max-age"] == 12 * 3600


@pytest.mark.parametrize("adresse", ["porte", "page", "close"])
def test_rien_ne_se_garde_ni_ne_se_cite_ni_ne_s_indexe(chez: Chez, adresse: str) -> None:
    _, jeton = chez.lien()
    client = chez.entrer(jeton=jeton)
    reponse = client.get({"porte": porte(jeton), "page": PAGE, "close": porte("x")}[adresse])
    assert "no-store" in reponse["Cache-Control"]
    assert reponse["Referrer-Policy"] == "strict-origin"
    assert reponse["X-Robots-Tag"] == "noindex, nofollow"
    assert "noindex" in reponse.content.decode()
    assert jeton not in (client.get(PAGE).content.decode())


def test_les_envois_portent_un_jeton_csrf(chez: Chez) -> None:
    _, jeton = chez.lien()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(porte(jeton)).status_code == 403
    assert chez.entrer(strict_passe(jeton, strict), jeton).get(PAGE).status_code == 200


def strict_passe(jeton: str, client: Client) -> Client:
    """Lit la porte et renvoie son jeton, comme un navigateur."""
    client.get(porte(jeton))
    client.defaults["HTTP_X_CSRFTOKEN"] = client.cookies["csrftoken"].value
    return client


def test_trop_d_essais_se_refusent(chez: Chez) -> None:
    _, jeton = chez.lien()
    client = Client()
    for rang in range(PAR_ADRESSE):
        client.get(porte(f"essai-{rang}"))
    assert client.get(porte(jeton)).status_code == 429
    cache.clear()
    assert client.get(porte(jeton)).status_code == 200


def test_un_jeton_trop_demande_se_repose(chez: Chez) -> None:
    _, jeton = chez.lien()
    codes = [Client().get(porte(jeton)).status_code for _ in range(PAR_JETON + 1)]
    assert codes[-2:] == [200, 429]


def test_les_journaux_ne_gardent_pas_le_jeton(chez: Chez, caplog: pytest.LogCaptureFixture) -> None:
    from maillage.socle.liens.journaux import SansJeton

    with caplog.at_level(logging.WARNING, logger="django.request"):
        Client().get(porte("jeton-perdu"))
    ecrits = [record for record in caplog.records if "lien" in record.getMessage()]
    assert ecrits
    for record in ecrits:
        SansJeton().filter(record)
        assert "jeton-perdu" not in record.getMessage()


def test_les_reglages_filtrent_tout_ce_qui_s_ecrit(settings: object) -> None:
    console = settings.LOGGING["handlers"]["console"]  # type: ignore[attr-defined]
    assert "sans_jeton" in console["filters"]


def test_l_agent_envoie_le_lien_et_voit_qu_il_a_ete_ouvert(chez: Chez) -> None:
    client = connecte(chez.agent)
    adresse = reverse("portail:remettre", args=[chez.structure.pk, chez.contact.pk])
    assert client.post(adresse, {"remise": "courriel"}).status_code == 302
    (courriel,) = mail.outbox
    assert courriel.to == ["ada@exemple.fr"]
    jeton = str(courriel.body).split("/lien/")[1].split("/")[0]
    liste = reverse("portail:liens", args=[chez.structure.pk])
    assert "pas encore" in client.get(liste).content.decode()
    chez.entrer(jeton=jeton)
    assert "pas encore" not in client.get(liste).content.decode()


def test_le_lien_a_copier_ne_se_montre_qu_une_fois(chez: Chez) -> None:
    client = connecte(chez.agent)
    adresse = reverse("portail:remettre", args=[chez.structure.pk, chez.contact.pk])
    reponse = client.post(adresse, {"preuve": EN_MAIN})
    jeton = reponse.content.decode().split("/lien/")[1].split("/")[0]
    assert "no-store" in reponse["Cache-Control"]
    liste = client.get(reverse("portail:liens", args=[chez.structure.pk]))
    assert jeton not in liste.content.decode()
    assert EN_MAIN in liste.content.decode()
    assert Client().get(porte(jeton)).status_code == 200


def test_un_lien_a_copier_dit_comment_il_est_remis(chez: Chez) -> None:
    client = connecte(chez.agent)
    adresse = reverse("portail:remettre", args=[chez.structure.pk, chez.contact.pk])
    for envoi in ({}, {"preuve": " "}, {"preuve": "x" * 201}):
        assert client.post(adresse, envoi).status_code == 422
    assert not PagePersonnelle.objects.exists()


def test_un_courriel_refuse_ne_montre_pas_le_lien_a_l_agent(
    chez: Chez, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maillage.portail.courriel.envoyer", lambda page, jeton, lettre: False)
    client = connecte(chez.agent)
    adresse = reverse("portail:remettre", args=[chez.structure.pk, chez.contact.pk])
    reponse = client.post(adresse, {"remise": "courriel"}, follow=True)
    assert "aucun lien n’est ouvert" in reponse.content.decode()
    assert not PagePersonnelle.objects.en_cours().exists()


def test_seul_le_dla_qui_accompagne_remet_un_lien_a_un_contact(chez: Chez) -> None:
    voisin = agent(operateur("DLA voisin", departement()))
    inconnu = contact_de(operateur("Autre"), nom="Autre")
    for compte, personne, attendu in (
        (voisin, chez.contact, 403),
        (chez.agent, inconnu, 404),
    ):
        client = connecte(compte)
        adresse = reverse("portail:remettre", args=[chez.structure.pk, personne.pk])
        assert client.post(adresse, {"preuve": EN_MAIN}).status_code == attendu
    assert not PagePersonnelle.objects.exists()
