"""Les pages des rapprochements : lire ce qui rapproche, décider, rien que l'on ne lise."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from maillage.annuaire.models import Organisation
from maillage.identifier.models import CumulDeTheme, EtatRapprochement, Problematique, Rapprochement
from maillage.identifier.regroupement.travail import RAPPROCHER
from maillage.socle.models import Travail
from tests.fabriques import departement, operateur
from tests.identifier.regroupement.monde import FRAIS, dire, lancer, membres, trouve
from tests.requetes import requetes

pytestmark = pytest.mark.django_db


def test_le_bouton_lance_un_seul_travail_pour_mes_dla(
    dla: Organisation, client_du_dla: Client
) -> None:
    adresse = reverse("identifier:rapprocher")
    premier, second = client_du_dla.post(adresse), client_du_dla.post(adresse)
    travail = Travail.objects.get()
    assert (travail.tache, travail.parametres) == (RAPPROCHER, {"operateurs": [str(dla.pk)]})
    assert premier["Location"] == second["Location"] == travail.get_absolute_url()


def test_la_page_dit_ce_qui_rapproche_et_les_voisins_sans_les_mots(
    dla: Organisation, client_du_dla: Client
) -> None:
    dire(dla, 3)
    lancer(dla)
    gironde, landes = departement("33", "Gironde"), departement("40", "Landes")
    CumulDeTheme.objects.create(theme="finances.banque", departement=gironde, structures=7)
    CumulDeTheme.objects.create(theme="finances.banque", departement=landes)
    page = client_du_dla.get(trouve(dla).get_absolute_url()).content.decode()
    assert "3\u00a0structures le disent, en 3\u00a0besoins notés." in page
    assert "«\u00a0garantie\u00a0»" in page
    assert "Gironde : 7\u00a0structures" in page
    assert "Landes : moins de 3 structures" in page


def test_les_gestes_de_la_page(dla: Organisation, client_du_dla: Client) -> None:
    dits = dire(dla, 5)
    dire(dla, 3, FRAIS)
    lancer(dla)
    pret, frais = Rapprochement.objects.pour_liste().order_by("-nb_signaux")
    envoi = {"signaux": [dits[0].pk, dits[1].pk]}
    client_du_dla.post(reverse("identifier:rapprochement_scinder", args=[pret.pk]), envoi)
    assert Rapprochement.objects.count() == 3
    envoi = {"signaux": [dits[2].pk]}
    client_du_dla.post(reverse("identifier:rapprochement_sortir", args=[pret.pk]), envoi)
    assert membres(pret) == set(dits[3:])
    client_du_dla.post(
        reverse("identifier:rapprochement_joindre", args=[pret.pk]), {"autre": frais.pk}
    )
    assert pret.signaux.count() == 5
    reponse = client_du_dla.post(reverse("identifier:rapprochement_nourrir", args=[pret.pk]))
    ouverte = Problematique.objects.get()
    assert reponse["Location"] == ouverte.get_absolute_url()
    assert ouverte.signaux.count() == 5
    pret.refresh_from_db()
    assert pret.etat == EtatRapprochement.RETENU


def test_un_geste_impossible_dit_pourquoi_et_ne_change_rien(
    dla: Organisation, client_du_dla: Client
) -> None:
    dits = dire(dla, 3)
    lancer(dla)
    pret = trouve(dla)
    for nom, dit in (("scinder", "au moins deux besoins"), ("joindre", "Choisissez un autre")):
        adresse = reverse(f"identifier:rapprochement_{nom}", args=[pret.pk])
        page = client_du_dla.post(adresse, {"autre": "n’importe quoi"}, follow=True)
        assert dit in page.content.decode()
    assert membres(pret) == set(dits)


def test_ecarter_demande_une_raison_et_l_ecarte_quitte_la_liste(
    dla: Organisation, client_du_dla: Client
) -> None:
    dire(dla, 3)
    lancer(dla)
    pret = trouve(dla)
    adresse = reverse("identifier:rapprochement_etat", args=[pret.pk, "ecarter"])
    refuse = client_du_dla.post(adresse, {"version": 1}, follow=True).content.decode()
    assert "Dites pourquoi vous écartez" in refuse
    client_du_dla.post(adresse, {"version": 1, "motif": "Trois sujets différents"})
    liste = reverse("identifier:rapprochements")
    assert pret.libelle not in client_du_dla.get(liste).content.decode()
    assert pret.libelle in client_du_dla.get(f"{liste}?etat=ecarte").content.decode()


def test_ni_problematique_ni_rapprochement_d_un_autre_dla(
    dla: Organisation, client_du_dla: Client
) -> None:
    jura = operateur("DLA du Jura", departement("39", "Jura"))
    dire(dla, 3)
    dire(jura, 3)
    lancer()
    ailleurs = Problematique.objects.create(operateur=jura, titre="Ailleurs")
    adresse = reverse("identifier:rapprochement_nourrir", args=[trouve(dla).pk])
    assert client_du_dla.post(adresse, {"problematique": ailleurs.pk}).status_code == 404
    autre = {"autre": trouve(jura).pk}
    client_du_dla.post(reverse("identifier:rapprochement_joindre", args=[trouve(dla).pk]), autre)
    assert trouve(dla).signaux.count() == trouve(jura).signaux.count() == 3


@pytest.mark.parametrize("combien", [3, 30])
def test_douze_requetes_quel_que_soit_le_nombre(
    dla: Organisation, client_du_dla: Client, combien: int
) -> None:
    dire(dla, combien)
    dire(dla, combien, FRAIS)
    lancer(dla)
    pret = Rapprochement.objects.order_by("libelle")[0]
    assert requetes(client_du_dla, pret.get_absolute_url()) == 10
    assert requetes(client_du_dla, reverse("identifier:rapprochements")) <= 12
