"""La fiche d'une organisation : origines, chiffres, documents, pièces du bas, chronologie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pghistory
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from maillage.annuaire import operations
from maillage.annuaire.fiche.origines import etats_de, origines
from maillage.annuaire.models import AssociationRNA, ChiffresAnnuels, Organisation, Personne, Role
from maillage.annuaire.registre.rapprochement import rapprocher
from maillage.annuaire.registre.reprises import reprendre_du_registre
from maillage.annuaire.slots import ACCOMPAGNEMENTS, PIECES, Accompagnement, Piece
from maillage.socle.models import Acte, Document, Utilisateur
from maillage.socle.quantites import Precision, Quantite
from tests.annuaire.conftest import Lieux
from tests.comptes import connecte
from tests.fabriques import agent, organisation

pytestmark = pytest.mark.django_db


def lu(reponse: Any) -> str:
    assert reponse.status_code == 200
    texte: str = reponse.content.decode()
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def noter(chez: Organisation, annee: int, par: Utilisateur, **valeurs: int) -> None:
    chiffres = ChiffresAnnuels(organisation=chez, annee=annee)
    for nom, valeur in valeurs.items():
        unite = getattr(ChiffresAnnuels, nom).unite
        setattr(chiffres, nom, Quantite(Decimal(valeur), Precision.EXACT, unite))
    operations.enregistrer_chiffres(chiffres, par=par)


def modifier(objet: Organisation, par: Utilisateur, **champs: Any) -> None:
    for nom, valeur in champs.items():
        setattr(objet, nom, valeur)
    operations.modifier_organisation(objet, version=objet.version, par=par)


@pytest.fixture
def emplacements(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Les deux emplacements, vides le temps d'un test."""
    for emplacement in (ACCOMPAGNEMENTS, PIECES):
        monkeypatch.setattr(emplacement, "_fournisseurs", {})
    return iter(())


# --- origines -----------------------------------------------------------------------------


def test_l_origine_est_le_geste_qui_a_donne_sa_valeur(
    lieux: Lieux, charge: Utilisateur, doubs: Organisation
) -> None:
    autre = agent(doubs)
    for compte, nom in ((charge, "Aline"), (autre, "Marc")):
        compte.nom_affiche = nom
        compte.save()
    une = Organisation(nom="Atelier", natures=["structure"], rna="W251000123", sigle="AT")
    operations.creer_organisation(une, par=charge)
    modifier(une, autre, sigle="ATV", site="https://atelier.exemple.fr")
    modifier(une, charge, telephone="03 81 00 00 00")

    dites = origines(une, list(etats_de(une)))

    assert {champ: texte.split(" le ")[0] for champ, texte in dites.items()} == {
        "rna": "saisi par Aline",
        "sigle": "saisi par Marc",
        "site": "saisi par Marc",
        "telephone": "saisi par Aline",
    }


def test_une_valeur_revenue_date_de_son_retour(charge: Utilisateur, doubs: Organisation) -> None:
    autre = agent(doubs)
    autre.nom_affiche = "Marc"
    autre.save()
    une = Organisation(nom="Atelier", natures=["structure"], sigle="AT")
    operations.creer_organisation(une, par=charge)
    modifier(une, charge, sigle="")
    modifier(une, autre, sigle="AT")

    assert origines(une, list(etats_de(une)))["sigle"].startswith("saisi par Marc")


def test_ce_qui_vient_du_registre_le_dit(
    charge: Utilisateur, theatre: Organisation, lieux: Lieux
) -> None:
    """Les différences se proposent sur la fiche ; ce qui en est repris garde cette origine."""
    AssociationRNA.objects.create(
        numero="W251000123",
        nom="THEATRE DU PONT NEUF",
        nom_normalise="theatre du pont neuf",
        commune=lieux["25056"],
        site="https://pont-neuf.exemple.fr",
        etat="active",
    )
    modifier(theatre, charge, rna="W251000123")
    client = connecte(charge)

    avant = lu(client.get(theatre.get_absolute_url()))
    comparaison = rapprocher(theatre)
    reprendre_du_registre(theatre, comparaison.differences, version=theatre.version, par=charge)
    theatre.refresh_from_db()
    apres = lu(client.get(theatre.get_absolute_url()))

    assert "Le RNA dit « https://pont-neuf.exemple.fr » ; la fiche n’en dit rien." in avant
    assert "Garder ou reprendre, champ par champ" in avant
    assert "Le registre et la fiche disent la même chose." in apres
    dites = origines(theatre, list(etats_de(theatre)))
    assert dites["site"].startswith(f"RNA, repris par {charge} le ")
    assert dites["rna"].startswith(f"saisi par {charge}")


def test_sans_acte_l_origine_ne_nomme_personne() -> None:
    with pghistory.context(source="import"):
        une = organisation(sigle="AT")

    assert origines(une, list(etats_de(une)))["sigle"].startswith("saisi le ")


def test_une_fiche_reprise_entiere_dit_de_quel_registre(
    charge: Utilisateur, doubs: Organisation
) -> None:
    une = organisation(sigle="AT", operateur=doubs)
    for source, attendue in (("RNA", "RNA"), ("SIRENE, son secteur est déduit", "SIRENE")):
        geste = f"a repris « {une.nom} » du registre ({source})"
        (etat,) = etats_de(une)
        etat.geste = geste
        assert origines(une, [etat])["sigle"].startswith(f"{attendue}, repris le ")


def test_chaque_donnee_dit_d_ou_elle_vient_a_cote_d_elle(
    charge: Utilisateur, theatre: Organisation, doubs: Organisation
) -> None:
    modifier(theatre, charge, telephone="03 81 00 00 00")

    page = lu(connecte(charge).get(theatre.get_absolute_url()))

    assert page.count("saisi le ") == len(origines(theatre, list(etats_de(theatre)))) - 1
    assert f"saisi par {charge} le" in page


# --- chiffres, documents, pièces ----------------------------------------------------------


def test_la_fiche_montre_parts_ecart_et_variation(
    charge: Utilisateur, theatre: Organisation
) -> None:
    noter(theatre, 2024, charge, budget=100_000, ressources_marchandes=40_000, cdi=2, emplois=3)
    noter(
        theatre,
        2025,
        charge,
        budget=120_000,
        ressources_marchandes=50_000,
        ressources_non_marchandes=60_000,
        ressources_non_monetaires=0,
    )

    page = lu(connecte(charge).get(theatre.get_absolute_url()))

    assert "2025 : Les parts font 110 000 € : il manque 10 000 € pour faire le budget." in page
    assert "budget +20 000 € (+20 %)" in page
    assert "<svg" in page
    assert "Comparer deux autres années" not in page


def test_les_documents_de_la_fiche_suivent_leurs_droits(
    charge: Utilisateur, theatre: Organisation
) -> None:
    for titre, interne in (("Statuts", False), ("Note de visite", True)):
        Document.objects.create(
            titre=titre,
            interne=interne,
            fichier=ContentFile(b"x", name="x.txt"),
            type_mime="text/plain",
            taille=1,
            empreinte="0" * 64,
            sujet_type="annuaire.organisation",
            sujet_id=theatre.pk,
        )
    contact = agent(theatre, Role.STRUCTURE)

    dla, sienne = (lu(connecte(c).get(theatre.get_absolute_url())) for c in (charge, contact))

    assert "Statuts" in dla
    assert "Statuts" in sienne
    assert "Note de visite" in dla
    assert "Note de visite" not in sienne


def test_une_piece_du_bas_prend_sa_place(
    charge: Utilisateur, theatre: Organisation, emplacements: None
) -> None:
    def autorisations(objet: Organisation, qui: Utilisateur) -> Piece:
        assert (objet, qui) == (theatre, charge)
        return Piece("Autorisations", "autorisations", "annuaire/_nom.html")

    PIECES.remplir(autorisations, cle="essai")
    PIECES.remplir(lambda _objet, _qui: None, cle="rien")

    page = lu(connecte(charge).get(theatre.get_absolute_url()))

    assert 'href="#autorisations"' in page


def test_les_ancres_menent_toutes_quelque_part(charge: Utilisateur, theatre: Organisation) -> None:
    reponse = connecte(charge).get(theatre.get_absolute_url())

    page = lu(reponse)

    assert reponse.context["ancres"]
    for ancre in reponse.context["ancres"]:
        assert f'id="{ancre["url"][1:]}"' in page


def test_sans_le_dossier_la_fiche_n_a_que_l_identite(
    charge_ailleurs: Utilisateur, doubs: Organisation, charge: Utilisateur
) -> None:
    double = organisation(natures=["structure", "reseau"], operateur=doubs)
    noter(double, 2025, charge, budget=77_777)

    page = lu(connecte(charge_ailleurs).get(double.get_absolute_url()))

    assert "77 777" not in page
    assert "Chronologie" not in page
    assert "saisi le" not in page


def test_la_fiche_tient_en_douze_requetes_a_10_comme_a_1000_lignes(
    charge: Utilisateur,
    theatre: Organisation,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    def peupler(annees: range) -> None:
        ChiffresAnnuels.objects.bulk_create(
            ChiffresAnnuels(
                organisation=theatre, annee=a, budget_valeur=a, budget_precision="exact"
            )
            for a in annees
        )
        for rang in annees:
            personne = Personne.objects.create(nom=f"P{rang}")
            theatre.rattachements.create(personne=personne, role=Role.STRUCTURE)
        Acte.objects.bulk_create(
            Acte(phrase="a fait", sujet_type="annuaire.organisation", sujet_id=theatre.pk)
            for _ in annees
        )

    client = connecte(charge)
    comptes = []
    for annees in (range(1900, 1910), range(1910, 2020)):
        peupler(annees)
        with django_assert_max_num_queries(12) as captees:
            client.get(theatre.get_absolute_url())
        comptes.append(len(captees))

    assert comptes[0] == comptes[1]


# --- chronologie --------------------------------------------------------------------------


@pytest.fixture
def vecue(charge: Utilisateur, theatre: Organisation, emplacements: None) -> Organisation:
    """Des chiffres en 2019, une mission en 2021, un geste d'aujourd'hui."""
    ACCOMPAGNEMENTS.remplir(
        lambda _o, _u: [Accompagnement("Mécénat", "/m/", "Retenue.", 2021)], cle="essai"
    )
    ChiffresAnnuels.objects.create(
        organisation=theatre, annee=2019, budget_valeur=500, budget_precision="exact"
    )
    modifier(theatre, charge, sigle="TPN")
    return theatre


def chronologie(objet: Organisation) -> str:
    return reverse("annuaire:chronologie", args=[objet.pk])


@pytest.mark.parametrize(
    ("annee", "dit", "tait"),
    [
        ("", "a modifié la fiche", "Mécénat"),
        ("2021", "Mécénat", "a modifié la fiche"),
        ("2019", "budget 500,00 €", "Mécénat"),
        ("1066", "a modifié la fiche", "Mécénat"),
        ("x", "a modifié la fiche", "Mécénat"),
        ("99999999999999999999", "a modifié la fiche", "Mécénat"),
        pytest.param("9" * 5000, "a modifié la fiche", "Mécénat", id="cinq-mille-chiffres"),
    ],
)
def test_la_chronologie_se_lit_annee_par_annee(
    annee: str, dit: str, tait: str, vecue: Organisation, charge: Utilisateur
) -> None:
    page = lu(connecte(charge).get(chronologie(vecue), {"annee": annee} if annee else {}))

    assert dit in page or dit.replace(",00", "") in page
    assert tait not in page
    assert "?annee=2019" in page


def test_une_organisation_sans_histoire_le_dit(charge: Utilisateur, lieux: Lieux) -> None:
    neuve = organisation(commune=lieux["25056"])

    assert "Rien ne s’est encore passé" in lu(connecte(charge).get(chronologie(neuve)))


def test_la_chronologie_tait_l_interne_a_la_structure(
    vecue: Organisation, charge: Utilisateur
) -> None:
    Acte.objects.create(
        phrase="a noté un doute",
        sujet_type="annuaire.organisation",
        sujet_id=vecue.pk,
        interne=True,
    )

    dla = lu(connecte(charge).get(chronologie(vecue)))
    sienne = lu(connecte(agent(vecue, Role.STRUCTURE)).get(chronologie(vecue)))

    assert "a noté un doute" in dla
    assert "a noté un doute" not in sienne


def test_la_chronologie_suit_les_droits_du_dossier(
    vecue: Organisation, charge_ailleurs: Utilisateur, doubs: Organisation
) -> None:
    double = organisation(natures=["structure", "reseau"], operateur=doubs)
    ailleurs = connecte(charge_ailleurs)

    assert ailleurs.get(chronologie(vecue)).status_code == 404
    assert ailleurs.get(chronologie(double)).status_code == 403


def test_la_chronologie_coute_autant_a_10_qu_a_1000_gestes(
    vecue: Organisation,
    charge: Utilisateur,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    client: Client = connecte(charge)
    comptes = []
    for nombre in (10, 1000):
        Acte.objects.bulk_create(
            Acte(phrase="a fait", sujet_type="annuaire.organisation", sujet_id=vecue.pk)
            for _ in range(nombre)
        )
        with django_assert_max_num_queries(12) as captees:
            page = lu(client.get(chronologie(vecue)))
        comptes.append(len(captees))

    assert comptes[0] == comptes[1]
    assert "Le journal entier" in page
