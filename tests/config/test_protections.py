"""En-têtes, politique de contenu, taille des requêtes, second facteur, comptes fermés."""

import pytest
from csp.constants import NONCE
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from maillage.socle.models import Utilisateur
from tests.comptes import avec_second_facteur

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.adresses")]

CONNEXION = "/compte/login/"


def compte(**champs: object) -> Utilisateur:
    return Utilisateur.objects.create_user("a@exemple.fr", "un-mot-de-passe-long", **champs)


def test_entetes_de_securite(client: Client) -> None:
    entetes = client.get(CONNEXION).headers
    assert entetes["X-Frame-Options"] == "DENY"
    assert entetes["X-Content-Type-Options"] == "nosniff"
    assert entetes["Referrer-Policy"] == "same-origin"
    assert entetes["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in entetes["Permissions-Policy"]
    assert "private" in entetes["Cache-Control"] or "no-store" in entetes["Cache-Control"]


def test_la_politique_de_contenu_ne_permet_rien_d_unsafe(client: Client) -> None:
    politique = client.get(CONNEXION).headers["Content-Security-Policy"]
    regles = dict(regle.strip().split(" ", 1) for regle in politique.split(";") if " " in regle)
    assert "unsafe" not in politique
    assert "http:" not in politique
    assert regles["default-src"] == "'none'"
    assert regles["frame-ancestors"] == "'none'"
    for directive in ("script-src", "style-src"):
        assert NONCE in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"][directive]


def test_une_page_dont_on_ne_dit_rien_reste_privee(client: Client) -> None:
    assert client.get("/sante/").headers["Cache-Control"] == "private, no-cache"


def test_tout_est_ferme_par_defaut(client: Client) -> None:
    reponse = client.get(reverse("account_email"))
    assert reponse.status_code == 302
    assert reponse.headers["Location"].startswith(CONNEXION)


def test_nul_ne_s_inscrit_soi_meme(client: Client) -> None:
    client.post(
        reverse("account_signup"),
        {
            "email": "b@exemple.fr",
            "password1": "long-et-inedit-42",
            "password2": "long-et-inedit-42",
        },
    )
    assert not Utilisateur.objects.filter(courriel="b@exemple.fr").exists()


def test_on_entre_par_son_adresse(client: Client) -> None:
    compte()
    reponse = client.post(CONNEXION, {"login": "A@exemple.fr", "password": "un-mot-de-passe-long"})
    assert reponse.status_code == 302
    assert "_auth_user_id" in client.session


def test_une_adresse_non_confirmee_ne_prend_pas_effet(client: Client) -> None:
    """Ni prise à une personne pas encore invitée, ni celle d'avant perdue en attendant."""
    moi = compte()
    client.post(CONNEXION, {"login": "a@exemple.fr", "password": "un-mot-de-passe-long"})
    client.post(reverse("account_reauthenticate"), {"password": "un-mot-de-passe-long"})
    for geste in ("action_add", "action_primary"):
        client.post(reverse("account_email"), {geste: "", "email": "autre@exemple.fr"})
    moi.refresh_from_db()
    assert moi.courriel == "a@exemple.fr"
    assert [envoi.to for envoi in mail.outbox] == [["autre@exemple.fr"]]
    lien = next(mot for mot in str(mail.outbox[0].body).split() if "/confirm-email/" in mot)
    client.post(lien)
    moi.refresh_from_db()
    assert moi.courriel == "autre@exemple.fr"


def test_les_essais_de_mot_de_passe_sont_comptes(client: Client) -> None:
    compte()
    for _ in range(5):
        client.post(CONNEXION, {"login": "a@exemple.fr", "password": "faux"})
    reponse = client.post(CONNEXION, {"login": "a@exemple.fr", "password": "un-mot-de-passe-long"})
    assert "_auth_user_id" not in client.session
    assert reponse.status_code in {200, 429}


def test_une_requete_trop_lourde_est_refusee_avant_lecture(
    client: Client, settings: Settings
) -> None:
    settings.TAILLE_REQUETE = 1_000
    reponse = client.post(CONNEXION, {"login": "x" * 2_000})
    assert reponse.status_code == 413
    assert "Envoi trop lourd" in reponse.content.decode()


@pytest.mark.parametrize("champ", ["is_staff", "is_superuser"])
def test_qui_administre_active_d_abord_un_second_facteur(client: Client, champ: str) -> None:
    administrateur = compte(**{champ: True})
    client.force_login(administrateur)
    assert client.get(reverse("sante")).status_code == 200
    reponse = client.get("/interieur/", follow=False)
    assert reponse.headers["Location"] == reverse("mfa_index")
    avec_second_facteur(administrateur)
    assert client.get("/interieur/").status_code == 200


def test_les_autres_entrent_sans_second_facteur(client: Client) -> None:
    client.force_login(compte())
    assert client.get("/interieur/").status_code == 200
