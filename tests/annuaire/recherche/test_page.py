"""La page de recherche : ce que chacun y trouve, ses filtres, son poids, ses gestes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.accueillir.models import Parcours
from maillage.annuaire.models import (
    ChiffresAnnuels,
    EntreeDuRegistre,
    Etablissement,
    Organisation,
    RechercheGardee,
    Role,
)
from maillage.annuaire.recherche.index import reconstruire
from maillage.annuaire.slots import ACCOMPAGNEES
from maillage.socle.models import Acte, Utilisateur
from maillage.socle.quantites import Quantite
from tests.annuaire.conftest import Lieux
from tests.annuaire.recherche.fabriques import association
from tests.comptes import connecte
from tests.fabriques import agent, organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registre")]
ADRESSE = "/structures/chercher/"


def titres(client: Client, **filtres: Any) -> dict[str, list[str]]:
    """Les noms trouvés, par groupe."""
    page = client.get(ADRESSE, filtres).content.decode()
    groupes = re.findall(r"<section>\s*<h2>(.*?)</h2>(.*?)</section>", page, re.S)
    return {
        titre: re.findall(r"<(?:strong|a href=\"[^\"]+\")>([^<]+)</", contenu)
        for titre, contenu in groupes
    }


def registre_de(client: Client, **filtres: Any) -> list[str]:
    trouvees = titres(client, **filtres)
    noms = [nom for titre, lus in trouvees.items() if "registre" in titre for nom in lus]
    return [nom for nom in noms if nom != "n’est plus en activité"]


# --- ce que l'on trouve ------------------------------------------------------------------


def test_mes_structures_puis_l_annuaire_puis_le_registre(
    client_du_dla: Client, theatre: Organisation, lieux: Lieux
) -> None:
    organisation("financeur", nom="Fonds pour le théâtre", commune=lieux["33063"])

    assert titres(client_du_dla, q="theatre") == {
        "Mes structures": ["Théâtre du Pont Neuf"],
        "Dans l’annuaire que vous voyez": ["Fonds pour le théâtre"],
        "Au registre national": [
            "THEATRE DU PONT NEUF",
            "ASSOCIATION THEATRE DU PONT",
            "n’est plus en activité",
        ],
    }


def test_une_faute_de_frappe_n_empeche_pas_de_trouver_sa_structure(
    client_du_dla: Client, theatre: Organisation
) -> None:
    assert titres(client_du_dla, q="thaetre pon")["Mes structures"] == [theatre.nom]


def test_une_structure_hors_perimetre_n_apparait_que_par_le_registre(
    charge_ailleurs: Utilisateur, theatre: Organisation
) -> None:
    theatre.rna = "W251000123"
    theatre.save()

    trouvees = titres(connecte(charge_ailleurs), q="theatre pont neuf")
    page = connecte(charge_ailleurs).get(ADRESSE, {"q": "theatre pont neuf"}).content.decode()

    assert trouvees == {"Au registre national": ["THEATRE DU PONT NEUF"]}
    assert str(theatre.pk) not in page
    assert reverse("annuaire:reprendre", args=["W251000123"]) in page


def test_une_entree_dont_je_vois_la_fiche_y_mene(
    client_du_dla: Client, theatre: Organisation
) -> None:
    theatre.nom, theatre.siren = "Le Pont", "552100554"
    theatre.save()

    page = client_du_dla.get(ADRESSE, {"q": "W251000123"}).content.decode()

    assert f'href="{theatre.get_absolute_url()}"' in page
    assert reverse("annuaire:reprendre", args=["W251000123"]) not in page


def test_rien_de_tape_dit_quoi_ecrire_et_rien_trouve_dit_quoi_faire(client_du_dla: Client) -> None:
    assert "Écrivez ce que vous savez d’elle" in client_du_dla.get(ADRESSE).content.decode()
    assert "Rien ne répond" in client_du_dla.get(ADRESSE, {"q": "zzzzzz"}).content.decode()


@pytest.mark.parametrize("q", ["<script>alert(1)</script>", "' | 'a:*", "\\", "%_%", "é" * 300])
def test_rien_de_ce_qui_se_tape_ne_casse_la_page(client_du_dla: Client, q: str) -> None:
    reponse = client_du_dla.get(ADRESSE, {"q": q})

    assert reponse.status_code == 200
    assert "<script>alert" not in reponse.content.decode()


def test_pendant_la_frappe_seuls_les_resultats_reviennent(client_du_dla: Client) -> None:
    reponse = client_du_dla.get(ADRESSE, {"q": "cheval"}, headers={"HX-Request": "true"})

    assert b"LES AMIS DES CHEVAUX" in reponse.content
    assert b"<html" not in reponse.content
    assert "ignoré" not in reponse.content.decode()
    assert "HX-Request" in reponse["Vary"]


def test_pendant_la_frappe_un_filtre_illisible_se_dit(client_du_dla: Client) -> None:
    filtres = {"q": "cheval", "territoire": "Nulle part"}
    page = client_du_dla.get(ADRESSE, filtres, headers={"HX-Request": "true"}).content.decode()

    assert "Ce filtre est ignoré : Territoire" in page.replace("\u00a0", " ")
    assert "« Nulle part » n’est pas un lieu connu" in page.replace("\u00a0", " ")


# --- filtres -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filtres", "noms"),
    [
        ({"territoire": "Doubs"}, ["LES AMIS DES CHEVAUX", "THEATRE DU PONT NEUF"]),
        ({"territoire": "33063", "q": "chorale"}, ["CHORALE SAINT-MICHEL"]),
        ({"territoire": "Doubs", "q": "chorale"}, []),
        ({"perimetre": "on", "q": "theatre"}, ["THEATRE DU PONT NEUF"]),
        ({"secteur": "sport"}, ["LES AMIS DES CHEVAUX"]),
        ({"branche": "spectacle_vivant", "forme": "5458"}, ["LA BOITE A OUTILS"]),
        ({"de": "1998", "a": "1998", "secteur": "sport"}, ["LES AMIS DES CHEVAUX"]),
        ({"de": "1999", "secteur": "sport"}, []),
        ({"de": "2005", "a": "1999"}, []),
        ({"accompagnee": "non", "secteur": "sport"}, ["LES AMIS DES CHEVAUX"]),
        ({"accompagnee": "oui", "secteur": "sport"}, []),
        ({"taille": "10-49"}, []),
        ({"de": "jadis", "q": "chorale"}, ["CHORALE SAINT-MICHEL"]),
        ({"territoire": "Nulle part", "q": "chorale"}, ["CHORALE SAINT-MICHEL"]),
    ],
)
def test_les_filtres_reduisent_le_registre(
    client_du_dla: Client, filtres: dict[str, str], noms: list[str]
) -> None:
    assert registre_de(client_du_dla, **filtres) == noms


def test_les_filtres_reduisent_aussi_les_fiches(
    client_du_dla: Client, theatre: Organisation, doubs: Organisation, lieux: Lieux
) -> None:
    autre = organisation(
        nom="Sport pour tous", secteur="sport", commune=lieux["25056"], creee_en=1990
    )
    chiffres = ChiffresAnnuels(organisation=autre, annee=2025)
    chiffres.etp = Quantite(12)
    chiffres.save()

    for filtres in ({"secteur": "sport"}, {"taille": "10-49"}, {"a": "1995"}):
        groupes = titres(client_du_dla, territoire="Doubs", **filtres)
        fiches = groupes.get("Mes structures", []) + groupes["Dans l’annuaire que vous voyez"]
        assert fiches == [autre.nom], filtres


def test_accompagnee_ou_non_se_demande_aux_pieces_du_bas(
    client_du_dla: Client,
    theatre: Organisation,
    lieux: Lieux,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    organisation(nom="Théâtre des Isles", commune=lieux["25056"])
    monkeypatch.setattr(ACCOMPAGNEES, "_fournisseurs", {"essai": lambda _: Q(pk=theatre.pk)})

    assert titres(client_du_dla, q="theatre", accompagnee="oui") == {
        "Mes structures": [theatre.nom]
    }
    non = titres(client_du_dla, q="theatre", accompagnee="non")
    assert non["Dans l’annuaire que vous voyez"] == ["Théâtre des Isles"]
    assert "Mes structures" not in non


def test_pas_plus_de_requetes_pour_trois_cents_lignes_que_pour_dix(
    client_du_dla: Client, lieux: Lieux
) -> None:
    def requetes(**filtres: str) -> int:
        with CaptureQueriesContext(connection) as captees:
            assert client_du_dla.get(ADRESSE, filtres).status_code == 200
        return len(captees)

    demandes = [
        {"q": "theatre"},
        {"q": "thaetre pnot", "territoire": "Doubs", "secteur": "culture"},
        {"q": "zzzzzz", "taille": "10-49"},
    ]
    requetes()
    avant = [requetes(**d) for d in demandes]
    for rang in range(300):
        organisation(nom=f"Théâtre {rang}", commune=lieux["25056"])
        association(f"W25200{rang:04d}", f"THEATRE NUMERO {rang}", lieux["25056"])
    reconstruire()

    apres = [requetes(**d) for d in demandes]
    assert all(a <= b for a, b in zip(apres, avant, strict=True))  # assez juste : on s'arrête là
    assert max(avant) <= 12
    assert len(client_du_dla.get(ADRESSE, demandes[0]).content) < 80_000


# --- reprendre du registre ---------------------------------------------------------------


def reprendre(client: Client, numero: str, **envoi: str) -> Any:
    return client.post(reverse("annuaire:reprendre", args=[numero]), envoi)


def test_reprendre_cree_la_fiche_avec_tout_ce_que_le_registre_en_dit(
    client_du_dla: Client, doubs: Organisation, lieux: Lieux
) -> None:
    reponse = reprendre(client_du_dla, "W251000123")

    fiche = Organisation.objects.get(rna="W251000123")
    assert reponse.url == fiche.get_absolute_url()
    assert (fiche.nom, fiche.sigle) == ("THEATRE DU PONT NEUF", "T.P.N.")
    assert (fiche.siren, fiche.commune, fiche.creee_en) == ("552100554", lieux["25056"], 1998)
    assert (fiche.secteur, fiche.branche) == ("culture", "spectacle_vivant")
    assert fiche.objet.startswith("Créer des spectacles")
    assert (fiche.categorie_juridique, fiche.site) == ("9220", "https://www.exemple.fr")
    assert (fiche.operateur, fiche.est_structure) == (doubs, True)
    phrase = Acte.objects.get(sujet_id=fiche.pk).phrase
    assert phrase.endswith("du registre (RNA W251000123, son secteur est déduit)")


def test_reprendre_une_cooperative_de_sirene(client_du_dla: Client) -> None:
    reprendre(client_du_dla, "356000000")

    fiche = Organisation.objects.get(siren="356000000")
    siege = Etablissement.objects.get(siren="356000000").siret
    assert (fiche.rna, fiche.siret, fiche.categorie_juridique) == ("", siege, "5458")


def test_reprendre_deux_fois_mene_a_la_meme_fiche(client_du_dla: Client) -> None:
    premiere = reprendre(client_du_dla, "W251000124").url

    assert reprendre(client_du_dla, "W251000124").url == premiere
    assert Organisation.objects.filter(rna="W251000124").count() == 1


def test_hors_perimetre_on_dit_a_qui_demander_sans_rien_montrer(
    charge_ailleurs: Utilisateur, theatre: Organisation, doubs: Organisation
) -> None:
    theatre.rna = "W251000123"
    theatre.save()
    client = connecte(charge_ailleurs)

    reponse = reprendre(client, "W251000123", parametres="q=theatre&mechant=1")

    assert reponse.url == f"{ADRESSE}?q=theatre"
    page = client.get(reponse.url).content.decode().replace("\u00a0", " ")
    assert f"Demandez à : {doubs.nom}" in page
    assert theatre.nom not in page
    assert Organisation.objects.filter(rna="W251000123").count() == 1


def test_un_nom_tres_proche_se_regarde_avant_de_creer(
    client_du_dla: Client, theatre: Organisation
) -> None:
    avant = Organisation.objects.count()

    page = reprendre(client_du_dla, "W251000123")
    assert page.status_code == 422
    assert theatre.nom in page.content.decode()
    assert Organisation.objects.count() == avant

    reprendre(client_du_dla, "W251000123", malgre_doublon="oui")
    assert Organisation.objects.count() == avant + 1


def test_un_numero_faux_du_registre_ne_bloque_ni_ne_se_recopie(
    client_du_dla: Client, lieux: Lieux
) -> None:
    association(
        "0251000042", "A" * 240, lieux["25056"], siren="123456789", sigle="S" * 40, objet="Chanter."
    )
    reconstruire()

    reprendre(client_du_dla, "0251000042")

    fiche = Organisation.objects.get(nom="A" * 200)
    assert (fiche.rna, fiche.siren, fiche.sigle) == ("", "", "")
    assert fiche.objet == f"{'A' * 240}\n\n{'S' * 40}\n\nChanter."


def test_une_entree_inconnue_n_existe_pas(client_du_dla: Client) -> None:
    assert reprendre(client_du_dla, "W999999999").status_code == 404


def test_reprendre_revient_a_qui_tient_un_portefeuille(lieux: Lieux) -> None:
    comite = agent(organisation("reseau", nom="Réseau"), Role.MEMBRE_COMITE)

    assert reprendre(connecte(comite), "W251000123").status_code == 403
    assert b"formaction" not in connecte(comite).get(ADRESSE, {"q": "theatre"}).content


# --- recherches gardées ------------------------------------------------------------------


def test_garder_retrouver_oublier(client_du_dla: Client, charge: Utilisateur) -> None:
    envoi = {"nom": "Sport d’ici", "parametres": "secteur=sport&perimetre=on&page=3&q="}
    reponse = client_du_dla.post(reverse("annuaire:garder"), envoi)

    gardee = RechercheGardee.objects.get()
    assert gardee.parametres == "perimetre=on&secteur=sport"
    assert reponse.url == gardee.get_absolute_url()
    assert registre_de(client_du_dla, secteur="sport", perimetre="on") == ["LES AMIS DES CHEVAUX"]
    assert "Sport d’ici" in client_du_dla.get(ADRESSE).content.decode()

    client_du_dla.post(reverse("annuaire:oublier", args=[gardee.pk]))
    assert not RechercheGardee.objects.exists()


@pytest.mark.parametrize(
    ("envoi", "erreur"),
    [
        ({"nom": "", "parametres": "q=a"}, "obligatoire"),
        ({"nom": "Vide", "parametres": "page=2"}, "Cherchez d’abord"),
        ({"nom": "Déjà", "parametres": "q=a"}, "Vous avez déjà une recherche de ce nom"),
    ],
)
def test_une_recherche_mal_nommee_se_repare(
    client_du_dla: Client, charge: Utilisateur, envoi: dict[str, str], erreur: str
) -> None:
    client_du_dla.post(reverse("annuaire:garder"), {"nom": "Déjà", "parametres": "q=z"})

    page = client_du_dla.post(reverse("annuaire:garder"), envoi)

    assert page.status_code == 422
    assert erreur in page.content.decode()
    assert RechercheGardee.objects.count() == 1


def test_la_recherche_d_une_autre_n_existe_pas(
    client_du_dla: Client, charge_ailleurs: Utilisateur
) -> None:
    client_du_dla.post(reverse("annuaire:garder"), {"nom": "À moi", "parametres": "q=z"})
    gardee = RechercheGardee.objects.get()
    autre = connecte(charge_ailleurs)

    assert autre.post(reverse("annuaire:oublier", args=[gardee.pk])).status_code == 404
    assert "À moi" not in autre.get(ADRESSE).content.decode()


@pytest.mark.parametrize("question", ["", "theatre"])
def test_sans_registre_la_page_le_dit_et_a_qui_s_adresser(
    client_du_dla: Client, theatre: Organisation, question: str
) -> None:
    dit = "Le registre national n’est pas chargé ici"
    assert dit not in client_du_dla.get(ADRESSE, {"q": question}).content.decode()
    EntreeDuRegistre.objects.all().delete()
    page = client_du_dla.get(ADRESSE, {"q": question}).content.decode()
    assert dit in page
    assert "L’administration de l’instance peut importer" in page
    admin = connecte(agent(theatre.operateur or theatre, Role.ADMINISTRATEUR))
    assert reverse("annuaire:registre") in admin.get(ADRESSE).content.decode()


def test_une_structure_qui_a_un_parcours_est_accompagnee(
    client_du_dla: Client, theatre: Organisation
) -> None:
    assert not titres(client_du_dla, q="theatre", accompagnee="oui")
    Parcours.objects.create(structure=theatre, operateur=theatre.operateur)
    trouvees = titres(client_du_dla, q="theatre", accompagnee="oui")
    assert trouvees == {"Mes structures": ["Théâtre du Pont Neuf"]}
