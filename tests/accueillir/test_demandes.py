"""L'accueil : le téléphone sonne, on note, on regarde l'éligibilité, on répond."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from maillage import methode
from maillage.accueillir.demandes.eligibilite import conclure
from maillage.accueillir.demandes.lecture import points_de
from maillage.accueillir.models import Constat, Demande, EtatDemande, PointDEligibilite
from maillage.annuaire.models import ChiffresAnnuels, Organisation, Rattachement, Role
from tests.accueillir.fabriques import demande
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, operateur, organisation

pytestmark = pytest.mark.django_db

POINTS = [p.code for p in methode.accueil().eligibilite]


@pytest.fixture
def client(dla: Organisation) -> Client:
    return connecte(agent(dla))


@pytest.fixture
def theatre(dla: Organisation) -> Organisation:
    besancon = commune(dans=departement())
    return organisation(nom="Théâtre du Pont", commune=besancon, categorie_juridique="9220")


def noter(client: Client, **saisie: Any) -> Any:
    return client.post(reverse("accueillir:noter"), {"recue_le": "2026-03-02", **saisie})


def test_on_note_une_demande_d_une_structure_connue(
    client: Client, theatre: Organisation, dla: Organisation
) -> None:
    contact = agent(theatre, Role.STRUCTURE)
    personne = Rattachement.objects.get(personne__compte=contact).personne
    reponse = noter(
        client,
        structure="Théâtre du Pont",
        demandeur=str(personne).upper(),
        canal="telephone",
        paroles="Nous perdons deux emplois aidés.",
    )
    notee = Demande.objects.get()
    assert reponse["Location"] == notee.get_absolute_url()
    assert (notee.structure, notee.operateur, notee.contact) == (theatre, dla, personne)


def test_on_cree_la_structure_avec_sa_demande(client: Client, theatre: Organisation) -> None:
    noter(client, nouvelle_nom="Les Jardins", nouvelle_commune="25056", paroles="Bonjour")
    notee = Demande.objects.select_related("structure__commune").get()
    assert notee.structure.nom == "Les Jardins"
    assert notee.structure.operateur is None, "elle n'entre au portefeuille qu'une fois accueillie"


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({}, "Choisissez la structure, ou nommez-la"),
        ({"nouvelle_nom": "Les Jardins"}, "Dites sa commune"),
        ({"nouvelle_nom": "théâtre du pont", "nouvelle_commune": "25056"}, "déjà dans Maillage"),
        ({"structure": "Théâtre du Pont", "nouvelle_nom": "Autre"}, "ou nommez la nouvelle"),
        ({"structure": "Inconnue au bataillon"}, "pas dans l’annuaire que vous voyez"),
        ({"structure": "Théâtre du Pont", "recue_le": "bientôt"}, "date valide"),
    ],
)
def test_une_saisie_a_reprendre_ne_perd_rien(
    client: Client, theatre: Organisation, saisie: dict[str, str], phrase: str
) -> None:
    reponse = noter(client, paroles="MOTSGARDES", **saisie)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert phrase in page
    assert "MOTSGARDES" in page
    assert not Demande.objects.exists()


def test_la_structure_de_l_adresse_est_deja_ecrite(client: Client, theatre: Organisation) -> None:
    page = client.get(f"{reverse('accueillir:noter')}?structure={theatre.pk}").content.decode()
    assert "Théâtre du Pont (Besançon)" in page
    abimee = client.get(f"{reverse('accueillir:noter')}?structure=zut")
    assert abimee.status_code == 200


def test_le_logiciel_propose_statut_et_territoire(theatre: Organisation, dla: Organisation) -> None:
    ChiffresAnnuels.objects.create(
        organisation=theatre, annee=2024, emplois_valeur=7, emplois_precision="exact"
    )
    lus = {p.element.code: p for p in points_de(demande(theatre, dla))}
    assert lus["statut"].proposition.constat == Constat.OUI
    assert "Besançon est dans : Doubs" in lus["territoire"].proposition.raison
    assert "7 emplois" in lus["emploi"].proposition.raison
    assert lus["utilite_sociale"].proposition.constat == Constat.A_VERIFIER
    dite = conclure(list(lus.values()))
    assert dite.phrase.startswith("Il manque 2\xa0points")


def test_hors_du_territoire_et_sans_statut_connu(dla: Organisation) -> None:
    ailleurs = commune("33063", "Bordeaux", dans=departement("33", "Gironde"))
    loin = organisation(nom="Loin", commune=ailleurs)
    lus = {p.element.code: p for p in points_de(demande(loin, dla))}
    assert lus["territoire"].proposition.constat == Constat.NON
    assert lus["statut"].proposition.constat == Constat.A_VERIFIER
    assert conclure(list(lus.values())).etat == "a_faire", "une proposition ne refuse personne"
    nulle_part = organisation(nom="Nulle part")
    sans_lieu = {p.element.code: p for p in points_de(demande(nulle_part, dla))}
    assert sans_lieu["territoire"].proposition.constat == Constat.A_VERIFIER


def constats(objet: Demande, **dits: str) -> dict[str, str]:
    champs = {"version": str(objet.version)}
    for code in POINTS:
        champs[code] = dits.get(code, Constat.A_VERIFIER)
        champs[f"{code}-precision"] = dits.get(f"{code}_precision", "")
    return champs


def test_l_agent_constate_et_la_conclusion_le_dit(
    client: Client, theatre: Organisation, dla: Organisation
) -> None:
    objet = demande(theatre, dla)
    url = reverse("accueillir:eligibilite", args=[objet.pk])
    tous = dict.fromkeys(POINTS, Constat.OUI.value)
    assert client.post(url, constats(objet, **tous)).status_code == 302
    page = client.get(objet.get_absolute_url()).content.decode()
    assert "Éligible : les quatre points sont constatés." in page
    objet.refresh_from_db()
    refus = tous | {"emploi": Constat.NON, "emploi_precision": "Aucun emploi prévu"}
    client.post(url, constats(objet, **refus))
    page = client.get(objet.get_absolute_url()).content.decode()
    assert "Non éligible" in page
    assert "aucun emploi prévu" in page


def test_contredire_la_fiche_demande_une_raison(
    client: Client, theatre: Organisation, dla: Organisation
) -> None:
    objet = demande(theatre, dla)
    url = reverse("accueillir:eligibilite", args=[objet.pk])
    refusee = client.post(url, constats(objet, territoire=Constat.NON))
    assert refusee.status_code == 422
    assert "écrivez ce qui le montre" in refusee.content.decode()
    assert not PointDEligibilite.objects.exists()
    precisee = constats(objet, territoire=Constat.NON, territoire_precision="Elle déménage")
    assert client.post(url, precisee).status_code == 302


def test_deux_agents_sur_la_meme_eligibilite(
    client: Client, theatre: Organisation, dla: Organisation
) -> None:
    objet = demande(theatre, dla)
    url = reverse("accueillir:eligibilite", args=[objet.pk])
    client.post(url, constats(objet, emploi=Constat.OUI, emploi_precision="Trois postes"))
    devance = client.post(url, constats(objet, emploi=Constat.OUI, emploi_precision="Deux"))
    assert devance.status_code == 422
    assert "entre-temps" in devance.content.decode()
    assert "Deux" in devance.content.decode()
    assert PointDEligibilite.objects.get(point="emploi").precision == "Trois postes"


def repondre(client: Client, objet: Demande, verbe: str, **saisie: str) -> Any:
    objet.refresh_from_db()
    url = reverse("accueillir:demande_etat", args=[objet.pk, verbe])
    return client.post(url, {"version": objet.version, **saisie}, follow=True)


def test_accueillir_prend_au_portefeuille_et_propose_le_diagnostic(
    client: Client, theatre: Organisation, dla: Organisation
) -> None:
    objet = demande(theatre, dla)
    page = repondre(client, objet, "accueillir").content.decode()
    theatre.refresh_from_db()
    objet.refresh_from_db()
    assert (objet.etat, theatre.operateur) == (EtatDemande.ACCUEILLIE, dla)
    assert objet.repondue_le is not None
    assert reverse("accueillir:diagnostic_ouvrir", args=[theatre.pk]) in page


def test_accueillir_ne_prend_pas_ce_qu_un_autre_dla_suit(
    client: Client, theatre: Organisation, dla: Organisation
) -> None:
    autre = operateur("DLA du Jura", departement("39", "Jura"))
    Organisation.objects.filter(pk=theatre.pk).update(operateur=autre)
    repondre(client, demande(theatre, dla), "accueillir")
    theatre.refresh_from_db()
    assert theatre.operateur == autre


def test_sans_suite_et_reorientation_demandent_leur_raison(
    client: Client, theatre: Organisation, dla: Organisation
) -> None:
    objet = demande(theatre, dla)
    page = repondre(client, objet, "sans_suite").content.decode()
    objet.refresh_from_db()
    assert objet.etat == EtatDemande.A_ETUDIER
    assert "droit à une réponse" in page
    url = reverse("accueillir:reorienter", args=[objet.pk])
    incomplete = client.post(url, {"version": objet.version, "motif": "Hors champ"})
    assert incomplete.status_code == 422
    assert "Dites vers qui" in incomplete.content.decode()
    saisie = {"version": objet.version, "motif": "Hors champ", "orientation": "La fédération"}
    assert client.post(url, saisie).status_code == 302
    objet.refresh_from_db()
    assert (objet.etat, objet.orientation) == (EtatDemande.REORIENTEE, "La fédération")
    repondre(client, objet, "reprendre")
    objet.refresh_from_db()
    assert (objet.etat, objet.motif, objet.repondue_le) == (EtatDemande.A_ETUDIER, "", None)


def test_la_structure_lit_sa_demande_sans_y_ecrire(
    theatre: Organisation, dla: Organisation
) -> None:
    objet = demande(theatre, dla, paroles="Nos mots")
    contact = connecte(agent(theatre, Role.STRUCTURE))
    page = contact.get(objet.get_absolute_url())
    assert "Nos mots" in page.content.decode()
    assert contact.get(reverse("accueillir:demande_modifier", args=[objet.pk])).status_code == 403
    etranger = connecte(agent(operateur("DLA du Jura", departement("39", "Jura"))))
    assert etranger.get(objet.get_absolute_url()).status_code == 404


def test_la_liste_filtre_par_etat_periode_et_nom(
    client: Client, theatre: Organisation, dla: Organisation
) -> None:
    demande(theatre, dla, paroles="DELANDERNIER", recue_le=date(2001, 1, 1))
    demande(theatre, dla, paroles="REORIENTEE", etat=EtatDemande.REORIENTEE, motif="Hors champ")
    url = reverse("accueillir:demandes")

    def lues(**filtres: str) -> str:
        return client.get(url, filtres).content.decode()

    assert "DELANDERNIER" in lues(q="theatre")
    assert "REORIENTEE" in lues(q="theatre")
    assert "DELANDERNIER" not in lues(periode="mois")
    assert "REORIENTEE" in lues(periode="mois")
    assert "DELANDERNIER" not in lues(etat="reorientee")
    assert "REORIENTEE" not in lues(q="fanfare")
    export: Any = client.get(url, {"export": "csv"})
    assert export.getvalue().decode("utf-8-sig").count("\n") == 3


@pytest.mark.parametrize("lignes", [10, 1000])
def test_la_liste_et_la_page_tiennent_leur_budget(
    client: Client,
    theatre: Organisation,
    dla: Organisation,
    lignes: int,
    django_assert_max_num_queries: Any,
) -> None:
    toutes = Demande.objects.bulk_create(
        [Demande(structure=theatre, operateur=dla) for _ in range(lignes)]
    )
    with django_assert_max_num_queries(8):
        assert client.get(reverse("accueillir:demandes")).status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(toutes[0].get_absolute_url()).status_code == 200
