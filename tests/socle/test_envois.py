"""Notifications : dites une fois, lues dans la page, résumées en un seul courriel."""

import re
from collections.abc import Callable
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.simultane import ensemble

from maillage.socle.commandes import resumer_maintenant
from maillage.socle.envois.operations import annoncer
from maillage.socle.envois.resume import LIGNES_MAX, resumer
from maillage.socle.models import Notification, Utilisateur

Page = Callable[[Utilisateur], Client]


def dire(*personnes: Utilisateur, cle: str = "avis:1", phrase: str = "Avis rendu") -> None:
    annoncer(cle=cle, phrase=phrase, url="/missions/1/", destinataires=personnes)


def test_un_evenement_est_dit_une_fois_a_chacun(
    agent: Utilisateur, partenaire: Utilisateur
) -> None:
    dire(agent, agent, partenaire)
    dire(agent, phrase="redit autrement")
    dire(agent, cle="avis:2")
    assert Notification.objects.filter(destinataire=agent).count() == 2
    assert Notification.objects.get(destinataire=partenaire).phrase == "Avis rendu"


def test_une_annonce_a_personne_ne_fait_rien(db: None) -> None:
    dire()
    assert not Notification.objects.exists()


def test_une_phrase_trop_longue_est_coupee(agent: Utilisateur) -> None:
    dire(agent, phrase="x" * 400)
    assert len(Notification.objects.get().phrase) == 300


def test_une_operation_qui_echoue_n_annonce_rien(agent: Utilisateur) -> None:
    def echouer() -> None:
        with transaction.atomic():
            dire(agent)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        echouer()
    assert not Notification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_deux_annonces_simultanees_n_en_font_qu_une(
    agent: Utilisateur, partenaire: Utilisateur
) -> None:
    ensemble(
        *(lambda: dire(agent, partenaire), lambda: dire(partenaire, agent)) * 3,
    )
    assert Notification.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_deux_resumes_simultanes_n_envoient_qu_un_courriel(agent: Utilisateur) -> None:
    dire(agent)
    envoyes: list[str] = []
    with patch.object(EmailMultiAlternatives, "send", lambda self: envoyes.append(self.subject)):
        ensemble(resumer, resumer, resumer)
    assert envoyes == ["Maillage : une nouvelle"]


def test_le_resume_rassemble_en_un_courriel_et_ne_repete_pas(
    agent: Utilisateur, partenaire: Utilisateur
) -> None:
    for numero in range(LIGNES_MAX + 2):
        dire(agent, cle=f"avis:{numero}", phrase=f"Avis {numero} <b>rendu</b>")
    dire(partenaire)
    assert resumer() == 2
    assert resumer() == 0
    [courriel] = [c for c in mail.outbox if c.to == ["agent@exemple.fr"]]
    assert courriel.subject == f"Maillage : {LIGNES_MAX + 2} nouvelles"
    assert "<b>rendu</b>" in courriel.body
    assert "et 2 de plus" in courriel.body
    assert courriel.extra_headers["Auto-Submitted"] == "auto-generated"
    html = str(courriel.alternatives[0][0])  # type: ignore[attr-defined]
    assert "&lt;b&gt;rendu" in html
    assert "<img" not in html
    assert "http://127.0.0.1:8000/missions/1/" in html
    dire(agent, cle="nouveau")
    assert resumer() == 1


def test_le_numero_du_courriel_ne_depend_que_de_ses_evenements(agent: Utilisateur) -> None:
    dire(agent)
    resumer()
    Notification.objects.update(resumee_le=None)
    resumer()
    premier, second = (courriel.extra_headers["Message-ID"] for courriel in mail.outbox)
    assert premier == second
    assert re.fullmatch(r"<resume-\S+@\S+>", premier)


@pytest.mark.parametrize(
    "champs", [{"is_active": False}, {"resume_courriel": False}], ids=["inactif", "jamais"]
)
def test_qui_n_en_veut_pas_n_en_recoit_pas(
    champs: dict[str, bool], compte: Callable[..., Utilisateur]
) -> None:
    dire(compte("Luc", **champs))
    assert resumer() == 0


def test_ce_qui_est_lu_n_est_pas_resume(agent: Utilisateur, page: Page) -> None:
    dire(agent)
    page(agent).post(reverse("socle:notifications_lire"))
    assert resumer() == 0


def test_un_envoi_refuse_est_retente_sans_gener_les_autres(
    agent: Utilisateur, partenaire: Utilisateur, caplog: pytest.LogCaptureFixture
) -> None:
    dire(agent, partenaire)
    envoyer = EmailMultiAlternatives.send

    def refuser(self: EmailMultiAlternatives) -> int:
        if self.to == ["agent@exemple.fr"]:
            raise OSError
        return envoyer(self)

    with patch.object(EmailMultiAlternatives, "send", refuser):
        assert resumer() == 1
    assert "n’est pas parti" in caplog.text
    assert resumer() == 1
    assert [courriel.to[0] for courriel in mail.outbox] == [
        "partenaire@exemple.fr",
        "agent@exemple.fr",
    ]


def test_la_commande_resume(agent: Utilisateur) -> None:
    dire(agent)
    fini = CliRunner().invoke(resumer_maintenant)
    assert (fini.exit_code, fini.output) == (0, "Résumés envoyés : 1.\n")


def test_le_resume_vient_de_l_expediteur_de_l_instance(
    agent: Utilisateur, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Maillage <ne-pas-repondre@dla.exemple>"
    dire(agent)
    resumer()
    assert mail.outbox[0].from_email == settings.DEFAULT_FROM_EMAIL
    assert mail.outbox[0].extra_headers["Message-ID"].endswith("@dla.exemple>")


def test_la_page_montre_les_miennes_le_non_lu_d_abord(
    agent: Utilisateur, partenaire: Utilisateur, page: Page
) -> None:
    dire(agent, cle="1", phrase="Ancienne lue")
    Notification.objects.update(lue_le="2026-01-01T00:00Z")
    dire(agent, cle="2", phrase="Offre <script>reçue")
    dire(partenaire, cle="3", phrase="Pas la mienne")
    corps = page(agent).get(reverse("socle:notifications")).content.decode()
    assert corps.index("Offre &lt;script&gt;reçue") < corps.index("Ancienne lue")
    assert "Pas la mienne" not in corps
    assert "Tout marquer lu (1)" in corps


def test_une_page_vide_dit_ce_qui_viendra(agent: Utilisateur, page: Page) -> None:
    assert "Rien de nouveau" in page(agent).get(reverse("socle:notifications")).content.decode()


def test_on_marque_lue_une_des_siennes_ou_toutes(
    agent: Utilisateur, partenaire: Utilisateur, page: Page
) -> None:
    for cle in ("1", "2", "3"):
        dire(agent, partenaire, cle=cle)
    mienne = Notification.objects.filter(destinataire=agent)[0]
    autre = Notification.objects.filter(destinataire=partenaire)[0]
    navigateur, adresse = page(agent), reverse("socle:notifications_lire")

    def non_lues(personne: Utilisateur) -> int:
        return Notification.objects.filter(destinataire=personne).non_lues().count()

    navigateur.post(adresse, {"notification": autre.pk})
    navigateur.post(adresse, {"notification": "n’importe quoi"})
    assert (non_lues(agent), non_lues(partenaire)) == (3, 3)
    navigateur.post(adresse, {"notification": mienne.pk})
    assert non_lues(agent) == 2
    navigateur.post(adresse)
    assert (non_lues(agent), non_lues(partenaire)) == (0, 3)


def test_lire_ne_s_ecrit_pas_en_get(agent: Utilisateur, page: Page) -> None:
    navigateur = page(agent)
    for nom in ("notifications_lire", "notifications_resume"):
        assert navigateur.get(reverse(f"socle:{nom}")).status_code == 405


def test_on_choisit_son_resume(agent: Utilisateur, page: Page) -> None:
    navigateur, adresse = page(agent), reverse("socle:notifications_resume")
    for saisie, attendu in [("", False), ("oui", True), ("peut-être", True)]:
        navigateur.post(adresse, {"quotidien": saisie})
        agent.refresh_from_db()
        assert agent.resume_courriel is attendu


def test_la_page_coute_le_meme_nombre_de_requetes(
    agent: Utilisateur, cout: Callable[[str], int]
) -> None:
    def ajouter(debut: int, fin: int) -> None:
        Notification.objects.bulk_create(
            Notification(destinataire=agent, cle=str(n), phrase=f"n{n}") for n in range(debut, fin)
        )

    adresse = reverse("socle:notifications")
    ajouter(0, 10)
    a_dix = cout(adresse)
    ajouter(10, 1000)
    assert cout(adresse) == a_dix
