"""La saisie rapide : d'où que l'on soit, une phrase ou une liste collée."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from maillage.annuaire.models import Organisation
from maillage.identifier.forms.besoins import LIGNES_COLLEES
from maillage.identifier.models import Signal

pytestmark = pytest.mark.django_db

NOTER = "identifier:noter"
COLLE = "- Trésorerie au plus bas\n\n • Le bail finit en juin \n— Qui reprend la présidence ?\n"


def test_une_liste_collee_fait_un_besoin_par_ligne(
    dla: Organisation, client_du_dla: Client
) -> None:
    reponse = client_du_dla.post(reverse(NOTER), {"texte": COLLE, "par_ligne": "1"}, follow=True)
    assert {s.texte for s in Signal.objects.filter(operateur=dla)} == {
        "Trésorerie au plus bas",
        "Le bail finit en juin",
        "Qui reprend la présidence ?",
    }
    page = reponse.content.decode()
    assert "3 besoins notés" in page
    assert reverse("identifier:a_coder") in page


def test_sans_le_demander_un_texte_reste_un_besoin(client_du_dla: Client) -> None:
    client_du_dla.post(reverse(NOTER), {"texte": COLLE})
    assert Signal.objects.get().texte.count("\n") == 3


def test_trop_de_lignes_se_disent_et_rien_n_est_perdu(client_du_dla: Client) -> None:
    colle = "\n".join(f"besoin {rang}" for rang in range(LIGNES_COLLEES + 1))
    reponse = client_du_dla.post(reverse(NOTER), {"texte": colle, "par_ligne": "1"})
    assert reponse.status_code == 422
    assert f"besoin {LIGNES_COLLEES}" in reponse.content.decode()
    assert not Signal.objects.exists()


@pytest.mark.parametrize("colle", ["---", "• \n •"])
def test_des_puces_seules_restent_telles_quelles(client_du_dla: Client, colle: str) -> None:
    client_du_dla.post(reverse(NOTER), {"texte": colle, "par_ligne": "1"})
    assert Signal.objects.count() == 1


@pytest.mark.parametrize("ici", ["/missions/?etat=close", "/besoins/?q=bail"])
def test_on_revient_ou_l_on_etait(client_du_dla: Client, ici: str) -> None:
    page = client_du_dla.get(ici).content.decode()
    lien = page.split('data-raccourci="n"')[0].rsplit('href="', 1)[1].split('"')[0]
    formulaire = client_du_dla.get(lien.replace("&amp;", "&")).content.decode()
    assert f'name="retour" value="{ici}"' in formulaire
    envoi = {"texte": "Un besoin", "retour": ici}
    assert client_du_dla.post(reverse(NOTER), envoi).headers["Location"] == ici


@pytest.mark.parametrize("ailleurs", ["https://ailleurs.example/", "//ailleurs.example", "x:y", ""])
def test_on_ne_part_pas_ailleurs(client_du_dla: Client, ailleurs: str) -> None:
    envoi = {"texte": "Un besoin", "retour": ailleurs}
    reponse = client_du_dla.post(reverse(NOTER), envoi)
    assert reponse.headers["Location"] == reverse("identifier:signaux")


@pytest.mark.parametrize("retour", ["99", "identifier", "٣", "javascript:1", "//ailleurs.exemple"])
def test_un_retour_invente_mene_a_la_liste(client_du_dla: Client, retour: str) -> None:
    envoi = {"texte": "Un besoin", "retour": retour}
    reponse = client_du_dla.post(reverse(NOTER), envoi)
    assert reponse.headers["Location"] == reverse("identifier:signaux")
    assert Signal.objects.count() == 1
