"""Repartir d'une expérience : ce qui vient, ce qui ne vient jamais, et le lien des deux côtés."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.annuaire.models import Nature, Rattachement, Role
from maillage.capitaliser.models import Publication
from maillage.capitaliser.operations import changer_etat_de_fiche
from maillage.capitaliser.reprise import PARTIES
from maillage.confirmer.models import CahierDesCharges, Groupe, Participation, ProjetDIntervention
from maillage.engager.models import Financement, LigneDeBudget, Objectif
from maillage.finaliser.models import QuestionAdaptee, Resultat
from maillage.identifier.models import Ciblage, RoleDuDLA
from maillage.ingenieries.models import Avancement, Ingenierie, Note
from maillage.methode import ciblage
from maillage.socle.models import Acte, Utilisateur
from tests.capitaliser.fabriques import fiche_publiee
from tests.comptes import connecte
from tests.fabriques import agent, departement, mission, operateur, organisation

pytestmark = pytest.mark.django_db

TOUTES = [partie.code for partie in PARTIES]
SOUS_ITEM = ciblage().criteres[0].elements[0].code


@pytest.fixture
def origine(db: None) -> Ingenierie:
    """Une mission où tout est écrit, interne et nombres compris."""
    m = mission(titre="Mécénat", annee=2010, secteur="culture", accroche="Venez")
    dans = {"ingenierie": m}
    Objectif.objects.create(**dans, niveau="operationnel", code="innovation", texte="Par le don")
    Objectif.objects.create(**dans, niveau="strategique", texte="Un but à nous")
    Ciblage.objects.create(**dans, sous_item=SOUS_ITEM, retenu="Tout le Doubs")
    ProjetDIntervention.objects.create(
        **dans,
        contenus="Le mécénat",
        rythme="mensuel",
        lieu="Besançon",
        systeme_intervenant="Le cabinet Untel",
        jours_valeur=5,
        jours_precision="exact",
    )
    CahierDesCharges.objects.create(
        **dans,
        demarche="Trois temps",
        delai="avant juin",
        etat="emis",
        emis_le="2010-01-01",
        contenu={},
    )
    groupe = Groupe.objects.create(**dans, nom="Groupe A", theme="Don", profil="SECRET profil")
    structure = organisation(nom="Structure cachée")
    retenue = Participation.objects.create(
        **dans, structure=structure, palier="retenue", atteint="retenue"
    )
    groupe.participations.add(retenue)
    QuestionAdaptee.objects.create(
        **dans, geste="ecartee", question="utilite.projet", raison="Sans objet"
    )
    LigneDeBudget.objects.create(
        **dans, nature="conseil", libelle="Appui", montant_valeur=9000, montant_precision="exact"
    )
    Financement.objects.create(**dans, financeur=organisation(nom="Financeur caché"))
    Resultat.objects.create(**dans, nature="mecenat", phrase="30 000 euros")
    Note.objects.create(**dans, texte="SECRET note")
    RoleDuDLA.objects.create(**dans, legitimite="SECRET posture")
    Avancement.objects.create(**dans, code="identifier.cerner", etat="fait")
    return m


@pytest.fixture
def charge(origine: Ingenierie) -> Utilisateur:
    return agent(origine.operateur)


@pytest.fixture
def gironde(db: None) -> Utilisateur:
    return agent(operateur("DLA de la Gironde", departement("33", "Gironde")))


def envoi(adresse: str, client: Client, **champs: Any) -> dict[str, Any]:
    """Le formulaire tel que la page le propose, tout coché."""
    formulaire = client.get(adresse).context["formulaire"]
    propose = {
        nom: formulaire.get_initial_for_field(champ, nom)
        for nom, champ in formulaire.fields.items()
    }
    rempli = {nom: getattr(v, "pk", v) for nom, v in propose.items() if v not in (None, "")}
    return rempli | champs


def repartir(client: Client, adresse: str, **champs: Any) -> Ingenierie:
    reponse = client.post(adresse, envoi(adresse, client, **champs))
    assert reponse.status_code == 302, reponse.context["formulaire"].errors
    return Ingenierie.objects.get(pk=UUID(reponse["Location"].split("/")[2]))


def de_la_mission(m: Ingenierie) -> str:
    return reverse("capitaliser:repartir", args=[m.pk])


def de_la_fiche(publication: Publication) -> str:
    return reverse("capitaliser:repartir_de_la_fiche", args=[publication.fiche_id])


# Ce qui vient, ce qui ne vient pas


def test_la_methode_vient_sans_les_gens_ni_les_nombres(origine, charge) -> None:
    nouvelle = repartir(connecte(charge), de_la_mission(origine), titre="Mécénat, la suite")
    assert (nouvelle.issue_de, nouvelle.secteur, nouvelle.accroche) == (origine, "culture", "Venez")
    assert set(nouvelle.objectifs.values_list("niveau", "code", "texte")) == {
        ("operationnel", "innovation", "Par le don"),
        ("strategique", "", "Un but à nous"),
    }
    assert nouvelle.ciblages.get().retenu == "Tout le Doubs"
    projet = nouvelle.projet_intervention
    assert (projet.contenus, projet.rythme) == ("Le mécénat", "mensuel")
    assert (projet.lieu, projet.systeme_intervenant, projet.jours.connue) == ("", "", False)
    cahier = nouvelle.cahier_des_charges
    assert (cahier.demarche, cahier.delai, cahier.etat, cahier.emis_le) == (
        "Trois temps",
        "",
        "brouillon",
        None,
    )
    groupe = nouvelle.groupes.get()
    assert (groupe.nom, groupe.theme, groupe.profil) == ("Groupe A", "Don", "")
    assert not groupe.participations.exists()
    assert nouvelle.questions_adaptees.get().raison == "Sans objet"
    ligne = nouvelle.lignes_de_budget.get()
    assert (ligne.nature, ligne.libelle, ligne.cout.connue) == ("conseil", "Appui", False)


def test_rien_d_autre_ne_vient(origine, charge) -> None:
    """Toute table qui se range dans un dossier est vide, hors les sept parties que l'on reprend."""
    nouvelle = repartir(connecte(charge), de_la_mission(origine))
    repris = {partie.modele for partie in PARTIES}
    garnies = [
        lien.related_model.__name__
        for lien in Ingenierie._meta.related_objects
        if hasattr(lien.related_model, "interne")
        and lien.related_model not in repris
        and lien.related_model._default_manager.filter(**{lien.field.name: nouvelle}).exists()
    ]
    assert garnies == []
    assert not nouvelle.avancements.exists()
    assert not nouvelle.operateurs_associes.exists()


def test_l_origine_ne_change_pas(origine, charge) -> None:
    avant = {p.code: p.modele.objects.filter(ingenierie=origine).count() for p in PARTIES}
    repartir(connecte(charge), de_la_mission(origine))
    assert avant == {p.code: p.modele.objects.filter(ingenierie=origine).count() for p in PARTIES}


@pytest.mark.parametrize("voulues", [[], ["objectifs"], ["groupes", "matrice"]])
def test_ne_vient_que_ce_qui_est_coche(origine, charge, voulues: list[str]) -> None:
    nouvelle = repartir(connecte(charge), de_la_mission(origine), parties=voulues)
    venues = [p.code for p in PARTIES if p.modele.objects.filter(ingenierie=nouvelle).exists()]
    assert venues == voulues


def test_la_page_dit_ce_qui_vient_et_ce_qui_ne_vient_pas(origine, charge) -> None:
    page = connecte(charge).get(de_la_mission(origine)).content.decode().replace("\u00a0", " ")
    assert "Objectifs : 2 objectifs" in page
    assert "Types de dépenses : 1 ligne, sans montants" in page
    assert "Ce qui n’est jamais repris" in page
    assert "SECRET" not in page


# Les droits


def test_d_une_mission_cachee_on_ne_reprend_que_sa_fiche_publiee(origine, gironde) -> None:
    publication = fiche_publiee(origine)
    Objectif.objects.filter(ingenierie=origine).update(texte="APRES la publication")
    client = connecte(gironde)
    assert client.get(de_la_mission(origine)).status_code == 404
    page = client.get(de_la_fiche(publication)).content.decode()
    assert "Rien à reprendre ici pour : cahier des charges, matrice des résultats adaptée" in page
    nouvelle = repartir(client, de_la_fiche(publication))
    assert nouvelle.issue_de == origine
    assert set(nouvelle.objectifs.values_list("niveau", "code", "texte")) == {
        ("operationnel", "innovation", "Par le don"),
        ("strategique", "", "Un but à nous"),
    }
    assert nouvelle.ciblages.get().sous_item == SOUS_ITEM
    assert nouvelle.projet_intervention.contenus == "Le mécénat"
    assert [g.nom for g in nouvelle.groupes.all()] == ["Don"]
    assert nouvelle.lignes_de_budget.get().nature == "conseil"
    assert not hasattr(nouvelle, "cahier_des_charges")
    assert not nouvelle.questions_adaptees.exists()


@pytest.mark.parametrize("partie", ["cahier", "matrice", "tout", "; drop"])
def test_une_partie_qui_n_est_pas_offerte_se_refuse(origine, gironde, partie: str) -> None:
    client, adresse = connecte(gironde), de_la_fiche(fiche_publiee(origine))
    reponse = client.post(adresse, envoi(adresse, client, parties=[partie], titre="Gardé"))
    assert reponse.status_code == 422
    assert "Gardé" in reponse.content.decode()
    assert Ingenierie.objects.count() == 1


def test_qui_voit_sans_l_interne_reprend_ce_que_montre_la_fiche(origine, gironde) -> None:
    """Qui exerce aussi au DLA régional voit la mission ; ni cahier, ni matrice adaptée."""
    regional = organisation(Nature.DLA_REGIONAL, territoires=list(origine.territoires.all()))
    Rattachement.objects.create(
        personne=gironde.personne, organisation=regional, role=Role.DLA_REGIONAL
    )
    client = connecte(gironde)
    depart = client.get(de_la_mission(origine)).context["depart"]
    assert {code for code, _ in depart.choix()} == set(TOUTES) - {"cahier", "matrice"}
    nouvelle = repartir(client, de_la_mission(origine), parties=["groupes"])
    assert [g.nom for g in nouvelle.groupes.all()] == ["Don"]


def test_la_fiche_d_une_mission_que_je_vois_mene_a_son_dossier(origine, charge) -> None:
    reponse = connecte(charge).get(de_la_fiche(fiche_publiee(origine)))
    assert reponse["Location"] == de_la_mission(origine)


def test_une_fiche_retiree_ne_se_reprend_plus(origine, gironde) -> None:
    publication = fiche_publiee(origine)
    fiche = publication.fiche
    changer_etat_de_fiche(fiche, "retirer", version=fiche.version, par=agent(origine.operateur))
    assert connecte(gironde).get(de_la_fiche(publication)).status_code == 404


def test_on_n_ouvre_que_dans_son_dla(origine, gironde) -> None:
    client, adresse = connecte(gironde), de_la_fiche(fiche_publiee(origine))
    reponse = client.post(adresse, envoi(adresse, client, operateur=origine.operateur_id))
    assert reponse.status_code == 422
    assert Ingenierie.objects.count() == 1


# Une seule fois, et le journal


def test_un_double_clic_n_ouvre_qu_une_mission(origine, charge) -> None:
    client, adresse = connecte(charge), de_la_mission(origine)
    donnees = envoi(adresse, client)
    premier, second = client.post(adresse, donnees), client.post(adresse, donnees)
    assert premier["Location"] == second["Location"]
    assert origine.suites.count() == 1
    assert origine.suites.get().objectifs.count() == 2


@pytest.mark.parametrize("cle", ["", "pas une clé", "\x00"])
def test_une_cle_illisible_se_reaffiche_avec_ce_qui_a_ete_tape(origine, charge, cle: str) -> None:
    client, adresse = connecte(charge), de_la_mission(origine)
    reponse = client.post(adresse, envoi(adresse, client, cle=cle, titre="Gardé"))
    assert reponse.status_code == 422
    assert "Gardé" in reponse.content.decode()


def test_la_cle_d_une_mission_etrangere_ne_la_touche_ni_ne_la_montre(origine, charge) -> None:
    etrangere = mission(operateur("DLA du Jura", departement("39", "Jura")), titre="Étrangère")
    client, adresse = connecte(charge), de_la_mission(origine)
    reponse = client.post(adresse, envoi(adresse, client, cle=etrangere.pk))
    assert reponse.status_code == 422
    etrangere.refresh_from_db()
    assert (etrangere.titre, etrangere.issue_de) == ("Étrangère", None)


@pytest.mark.parametrize(
    "champs", [{"titre": ""}, {"annee": "mille"}, {"annee": 1998}, {"secteur": "inconnu"}]
)
def test_une_saisie_fautive_n_ouvre_rien(origine, charge, champs: dict[str, Any]) -> None:
    client, adresse = connecte(charge), de_la_mission(origine)
    reponse = client.post(adresse, envoi(adresse, client, accroche="gardé tel quel", **champs))
    assert reponse.status_code == 422
    assert "gardé tel quel" in reponse.content.decode()
    assert not origine.suites.exists()


def test_le_journal_se_lit_des_deux_cotes(origine, charge) -> None:
    nouvelle = repartir(connecte(charge), de_la_mission(origine), parties=["objectifs"])
    phrases = {a.phrase: a.interne for a in Acte.objects.filter(sujet_id=nouvelle.pk)}
    assert phrases["est reparti·e de «\u00a0Mécénat\u00a0» ; repris : objectifs"] is True
    (de_l_origine,) = Acte.objects.filter(sujet_id=origine.pk, phrase__contains="repartie")
    assert (de_l_origine.qui, nouvelle.titre in de_l_origine.phrase) == (None, False)


def test_d_une_fiche_publiee_le_journal_cite_le_titre_a_tous(origine, gironde) -> None:
    nouvelle = repartir(connecte(gironde), de_la_fiche(fiche_publiee(origine)))
    acte = Acte.objects.get(sujet_id=nouvelle.pk, phrase__contains="reparti·e")
    assert acte.interne is False


# Le lien, des deux côtés


def page_de(compte: Utilisateur, adresse: str) -> str:
    return connecte(compte).get(adresse, follow=True).content.decode().replace("\u00a0", " ")


def test_le_lien_mene_au_dossier_a_qui_le_voit_a_la_fiche_aux_autres(origine, gironde) -> None:
    publication = fiche_publiee(origine)
    nouvelle = mission(
        gironde.personne.rattachements.get().organisation, titre="Reprise", issue_de=origine
    )
    page = page_de(gironde, nouvelle.get_absolute_url())
    assert f'Issue de : <a href="{publication.get_absolute_url()}">Mécénat</a>' in page
    voisine = mission(origine.operateur, issue_de=origine)
    page = page_de(agent(origine.operateur), voisine.get_absolute_url())
    assert f'href="{reverse("ingenieries:dossier", args=[origine.pk])}"' in page


def test_une_origine_cachee_et_non_publiee_ne_se_nomme_pas(origine, gironde) -> None:
    chez_nous = gironde.personne.rattachements.get().organisation
    page = page_de(gironde, mission(chez_nous, issue_de=origine).get_absolute_url())
    assert "Issue de : une mission qui n’est pas publiée." in page
    assert "Mécénat" not in page


def test_l_origine_nomme_les_suites_que_je_vois_et_compte_les_autres(origine, charge) -> None:
    publication = fiche_publiee(origine)
    mission(origine.operateur, titre="Suite d’ici", issue_de=origine)
    ailleurs = operateur("DLA du Jura", departement("39", "Jura"))
    for rang in range(2):
        mission(ailleurs, titre=f"CACHEE {rang}", issue_de=origine)
    adresses = (
        origine.get_absolute_url(),
        reverse("capitaliser:fiche", args=[origine.pk]),
        publication.get_absolute_url(),
    )
    for adresse in adresses:
        page = page_de(charge, adresse)
        assert ">Suite d’ici</a> et 2 autres missions." in page
        assert "CACHEE" not in page
    assert "Ce qu’elle a inspiré : 3 missions." in page_de(
        agent(operateur("DLA X", departement("33", "Gironde"))), publication.get_absolute_url()
    )


def test_la_bibliotheque_compte_les_reprises(origine, gironde) -> None:
    fiche_publiee(origine)
    assert "Reprise par" not in page_de(gironde, "/bibliotheque/")
    for _ in range(2):
        mission(origine.operateur, issue_de=origine)
    assert "Reprise par 2&nbsp;missions" in page_de(gironde, "/bibliotheque/")


def test_sans_dla_on_ne_propose_pas_de_repartir(origine, charge) -> None:
    publication = fiche_publiee(origine)
    structure = agent(organisation(), Role.STRUCTURE)
    assert "Repartir" not in page_de(structure, publication.get_absolute_url())
    for adresse in (publication.get_absolute_url(), origine.get_absolute_url()):
        assert "Repartir de cette expérience" in page_de(charge, adresse)


def test_la_filiation_ne_coute_rien_au_dossier(origine, charge) -> None:
    client = connecte(charge)
    adresse = reverse("ingenieries:demarche", args=[origine.pk, "engager.valider"])

    def requetes() -> int:
        with CaptureQueriesContext(connection) as faites:
            assert client.get(adresse).status_code == 200
        return len(faites)

    sans = requetes()
    Ingenierie.objects.filter(pk=origine.pk).update(issue_de=mission(origine.operateur))
    for _ in range(9):
        mission(origine.operateur, issue_de=origine)
    assert requetes() == sans


def test_repartir_tient_dans_son_budget(origine, charge) -> None:
    client = connecte(charge)
    with CaptureQueriesContext(connection) as requetes:
        client.get(de_la_mission(origine))
    assert len(requetes) <= 12
