"""La liste à travailler : qui la voit, ce que l'on y fait, ce qui ne revient plus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from maillage.annuaire.doublons.recherche import chercher_dans_le_registre, chercher_dans_les_fiches
from maillage.annuaire.models import (
    AssociationRNA,
    ChiffresAnnuels,
    Decision,
    Fusion,
    Organisation,
    PaireDeFiches,
    PaireDuRegistre,
)
from maillage.socle.journal.models import Acte
from maillage.socle.models import Travail, Utilisateur
from tests.annuaire.conftest import Lieux
from tests.comptes import connecte
from tests.fabriques import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def jardins(lieux: Lieux, doubs: Organisation) -> tuple[Organisation, Organisation]:
    """La même association saisie deux fois à Besançon."""
    une = organisation(nom="Les Jardins de la Loue", commune=lieux["25056"], operateur=doubs)
    autre = organisation(
        nom="Asso Jardin de la Loue", commune=lieux["25056"], courriel="j@loue.example"
    )
    return une, autre


def paire_de(une: Organisation, autre: Organisation, **champs: Any) -> PaireDeFiches:
    premiere, seconde = sorted((une, autre), key=lambda o: o.pk)
    return PaireDeFiches.objects.create(
        premiere=premiere, seconde=seconde, probabilite=0.9, indices=["nom_proche"], **champs
    )


def test_la_recherche_trouve_les_fiches_et_dit_pourquoi(
    jardins: tuple[Organisation, Organisation], lieux: Lieux
) -> None:
    organisation(nom="Club d’échecs", commune=lieux["25056"])
    organisation(nom="Comité des fêtes de Besançon", commune=lieux["25056"])

    assert chercher_dans_les_fiches() == 1

    paire = PaireDeFiches.objects.get()
    assert {paire.premiere, paire.seconde} == set(jardins)
    assert {"nom_identique", "meme_commune"} & set(paire.indices)


def test_deux_structures_differentes_ne_reviennent_plus(
    jardins: tuple[Organisation, Organisation], charge: Utilisateur
) -> None:
    chercher_dans_les_fiches()
    paire = PaireDeFiches.objects.get()

    adresse = reverse("annuaire:doublon_decider", args=[paire.pk, "distinctes"])
    reponse = connecte(charge).post(adresse, follow=True)

    assert "Aucune paire de fiches n’attend" in reponse.content.decode()
    assert chercher_dans_les_fiches() == 0
    paire.refresh_from_db()
    assert (paire.decision, paire.decidee_par) == (Decision.DISTINCTES, charge)
    assert Acte.objects.sur(jardins[0]).filter(phrase__contains="autre structure").exists()


def test_la_liste_ne_montre_que_ce_que_l_on_peut_modifier(
    jardins: tuple[Organisation, Organisation], charge: Utilisateur, charge_ailleurs: Utilisateur
) -> None:
    paire = paire_de(*jardins)

    assert "Jardin de la Loue" in _lire(connecte(charge), "annuaire:doublons")
    assert "Jardin de la Loue" not in _lire(connecte(charge_ailleurs), "annuaire:doublons")
    adresse = reverse("annuaire:doublon", args=[paire.pk])
    assert connecte(charge_ailleurs).get(adresse).status_code == 404


def test_reunir_par_la_page_puis_annuler(
    jardins: tuple[Organisation, Organisation], charge: Utilisateur
) -> None:
    une, autre = jardins
    for fiche, source in ((une, "Rapport"), (autre, "Entretien")):
        ChiffresAnnuels.objects.create(organisation=fiche, annee=2024, source=source)
    client = connecte(charge)
    adresse = reverse("annuaire:doublon", args=[paire_de(une, autre).pk])
    page = client.get(adresse)
    formulaire = page.context["formulaire"]
    assert formulaire["courriel"].initial == "absorbee"
    assert len(formulaire.des_lignes()) == 1
    envoi = {champ.name: champ.initial for champ in formulaire} | {"nom": "gardee"}

    reponse = client.post(adresse, envoi)

    fusion = Fusion.objects.get()
    assert reponse.url == fusion.get_absolute_url()
    une.refresh_from_db()
    assert (une.nom, une.courriel) == ("Les Jardins de la Loue", "j@loue.example")
    assert ChiffresAnnuels.objects.get().source == "Entretien"
    assert "en 2024" in client.get(fusion.get_absolute_url()).content.decode()
    ancienne = reverse("annuaire:fiche", args=[autre.pk])
    assert client.get(ancienne).url == une.get_absolute_url()

    client.post(reverse("annuaire:fusion_annuler", args=[fusion.pk]))
    assert Organisation.objects.filter(pk=autre.pk).exists()
    assert ChiffresAnnuels.objects.count() == 2


def test_un_choix_qui_manque_reaffiche_la_page_sans_rien_reunir(
    jardins: tuple[Organisation, Organisation], charge: Utilisateur
) -> None:
    adresse = reverse("annuaire:doublon", args=[paire_de(*jardins).pk])
    reponse = connecte(charge).post(adresse, {"nom": "n’importe quoi"})
    assert reponse.status_code == 422
    assert not Fusion.objects.exists()


def test_deux_services_differents_que_la_base_refuse_sont_dits(
    jardins: tuple[Organisation, Organisation], charge: Utilisateur
) -> None:
    une, autre = jardins
    Organisation.objects.filter(pk=une.pk).update(siren="552100554")
    Organisation.objects.filter(pk=autre.pk).update(siret="73282932000074")
    client = connecte(charge)
    adresse = reverse("annuaire:doublon", args=[paire_de(une, autre).pk])
    envoi = {champ.name: champ.initial for champ in client.get(adresse).context["formulaire"]}
    envoi |= {"siren": "gardee", "siret": "absorbee"}

    reponse = client.post(adresse, envoi)

    assert reponse.status_code == 422
    assert "Le SIRET doit commencer par le SIREN." in reponse.content.decode()
    assert Organisation.objects.filter(pk=autre.pk).exists()


@pytest.mark.parametrize("nombre", [1, 60])
def test_la_liste_tient_son_budget(
    nombre: int,
    lieux: Lieux,
    doubs: Organisation,
    charge: Utilisateur,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for rang in range(nombre):
        paire_de(
            organisation(nom=f"Une {rang}", commune=lieux["25056"]),
            organisation(nom=f"Autre {rang}", commune=lieux["25056"]),
        )
    client = connecte(charge)
    with django_assert_max_num_queries(12):
        client.get(reverse("annuaire:doublons"))


@pytest.mark.parametrize("nombre", [1, 60])
def test_la_reunion_tient_son_budget(
    nombre: int,
    jardins: tuple[Organisation, Organisation],
    charge: Utilisateur,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for fiche in jardins:
        ChiffresAnnuels.objects.bulk_create(
            ChiffresAnnuels(organisation=fiche, annee=1950 + rang, source=fiche.nom)
            for rang in range(nombre)
        )
    client = connecte(charge)
    adresse = reverse("annuaire:doublon", args=[paire_de(*jardins).pk])
    with django_assert_max_num_queries(12):
        client.get(adresse)


def test_chercher_lance_un_travail_et_un_seul(charge: Utilisateur) -> None:
    client = connecte(charge)
    adresse = reverse("annuaire:doublons_chercher", args=["fiches"])
    premier, second = client.post(adresse), client.post(adresse)
    assert premier.url == second.url == Travail.objects.get().get_absolute_url()


def test_le_registre_se_revoit_par_l_administration(
    lieux: Lieux, administrateur: Utilisateur, charge: Utilisateur
) -> None:
    for numero, nom in (
        ("W251000001", "CHORALE VALORINE"),
        ("W251000002", "Asso chorale Valorine"),
    ):
        AssociationRNA.objects.create(
            numero=numero, nom=nom, commune=lieux["25056"], adresse="3 rue du Lac"
        )
    assert chercher_dans_le_registre() == 1
    paire = PaireDuRegistre.objects.get()
    assert connecte(charge).get(reverse("annuaire:doublons_du_registre")).status_code == 403

    client = connecte(administrateur)
    assert "CHORALE VALORINE" in _lire(client, "annuaire:doublons_du_registre")
    client.post(reverse("annuaire:doublon_du_registre", args=[paire.pk, "memes"]))

    assert chercher_dans_le_registre() == 0
    paire.refresh_from_db()
    assert paire.decision == Decision.MEMES


def _lire(client: Client, route: str) -> str:
    return client.get(reverse(route)).content.decode()
