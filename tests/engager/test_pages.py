"""Les panneaux et la page « Comités » : ce qu'ils coûtent, ce qu'ils disent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from maillage.confirmer.models import Atteint, Palier, Participation
from maillage.engager import taches as sujet
from maillage.engager.beneficiaires import beneficiaires
from maillage.engager.calculs.regles import Beneficiaires
from maillage.engager.models import (
    AttentesDePartenaire,
    Avis,
    Financement,
    LigneDeBudget,
    Objectif,
    Partenariat,
    ProjetDEvaluation,
    ValidationDuPorteur,
)
from maillage.engager.panneaux import PAR_DEMARCHE
from maillage.ingenieries.droits import regard
from maillage.ingenieries.models import EtatAvancement, Ingenierie
from maillage.ingenieries.operations import marquer
from maillage.ingenieries.panneaux import PANNEAUX, Panneau
from maillage.socle.models import Utilisateur
from tests.comptes import connecte
from tests.engager.monde import apport, aujourdhui, avis, confirmee, depense, financeur, partenaire
from tests.fabriques import agent, departement, mission, operateur, organisation
from tests.requetes import requetes
from tests.taches import lire_les_taches

taches = lire_les_taches(sujet)
pytestmark = pytest.mark.django_db


def panneaux(demarche: str, dossier: Ingenierie, compte: Utilisateur) -> dict[str, Panneau]:
    tous = PAR_DEMARCHE[demarche](dossier, regard(compte, dossier))
    return {p.code: p for p in tous}


def cout(demarche: str, dossier: Ingenierie, compte: Utilisateur) -> int:
    """Requêtes d'une démarche : ses panneaux, gabarits compris."""
    vue = regard(compte, dossier)
    with CaptureQueriesContext(connection) as captees:
        PAR_DEMARCHE[demarche](dossier, vue)
    return len(captees)


def remplir(dossier: Ingenierie, nombre: int) -> None:
    """Des lignes de chaque sorte, posées en lot."""
    orgs = [organisation("financeur", operateur=dossier.operateur) for _ in range(nombre)]
    liens = [
        Partenariat(ingenierie=dossier, organisation=o, famille="financeurs", role="Finance")
        for o in orgs
    ]
    Partenariat.objects.bulk_create(liens)
    AttentesDePartenaire.objects.bulk_create(
        AttentesDePartenaire(ingenierie=dossier, partenariat=lien) for lien in liens
    )
    Objectif.objects.bulk_create(
        Objectif(ingenierie=dossier, niveau="operationnel", texte=f"But {i}") for i in range(nombre)
    )
    Avis.objects.bulk_create(
        Avis(ingenierie=dossier, operateur=dossier.operateur) for _ in range(nombre)
    )
    LigneDeBudget.objects.bulk_create(
        LigneDeBudget(ingenierie=dossier, nature="conseil", libelle=f"Ligne {i}")
        for i in range(nombre)
    )
    Financement.objects.bulk_create(
        Financement(ingenierie=dossier, financeur=o, etat="demande") for o in orgs
    )
    for structure in orgs:
        confirmee(dossier).structures.add(structure)


@pytest.mark.parametrize("demarche", list(PAR_DEMARCHE))
def test_les_panneaux_coutent_autant_a_une_qu_a_deux_cents_lignes(demarche: str) -> None:
    dossier = mission()
    compte = agent(dossier.operateur)
    remplir(dossier, 1)
    ValidationDuPorteur.objects.create(ingenierie=dossier)
    ProjetDEvaluation.objects.create(ingenierie=dossier, objet="La démarche")
    a_un = cout(demarche, dossier, compte)
    remplir(dossier, 199)
    assert cout(demarche, dossier, compte) == a_un <= PANNEAUX.requetes
    page = connecte(compte).get(reverse("ingenieries:demarche", args=[dossier.pk, demarche]))
    assert page.status_code == 200


def test_les_partenaires_et_leurs_attentes_se_disent() -> None:
    dossier = mission()
    compte = agent(dossier.operateur)
    partenaire(
        dossier,
        organisation=financeur("Région"),
        etat="engage",
        role="Cofinance",
        attentes={
            "partagee": "oui",
            "complementaire": "oui",
            "interessante": "oui",
            "mots": "Du neuf",
        },
    )
    partenaire(dossier, organisation=financeur("Ville"), attentes={"partagee": "non"})
    vus = panneaux("engager.lancer", dossier, compte)
    assert vus["partenaire"].phrase.replace("\u00a0", " ") == (
        "2 partenaires : 1 engagé et 1 sollicité."
    )
    assert set(vus["partenaire"].faits) == {"partenaires_reunis"}
    assert vus["partenaire"].manques == ["Le rôle de Ville est à préciser."]
    attentes = vus["attentes"]
    assert attentes.interne
    assert attentes.contexte["divergences"][0] | {"question": ""} == {
        "question": "",
        "oui": "Région",
        "non": "Ville",
    }
    assert set(attentes.faits) == {"interet_verifie"}
    assert attentes.manques == ["Les attentes de Ville sont à noter."]


def test_un_partenaire_qui_decline_ne_manque_plus() -> None:
    dossier = mission()
    partenaire(dossier, etat="decline")
    vus = panneaux("engager.lancer", dossier, agent(dossier.operateur))
    assert vus["attentes"].manques == []
    assert "attentes_notees" not in vus["attentes"].faits


def test_les_objectifs_disent_ce_qui_manque() -> None:
    dossier = mission()
    Objectif.objects.create(ingenierie=dossier, niveau="operationnel", code="innovation")
    vu = panneaux("engager.convenir", dossier, agent(dossier.operateur))["objectif"]
    assert vu.faits == {
        "objectif_operationnel": "Objectif opérationnel : Ouvrir un espace d’innovation"
    }
    assert vu.manques == ["Aucun objectif stratégique n’est retenu."]


@pytest.mark.parametrize(
    ("champs", "phrase", "fait"),
    [
        ({}, "1 avis attendu.", False),
        ({"decalage": 3}, "1 avis attendu le {jour}.", False),
        ({"decalage": -3}, "1 avis sans suite depuis le jour prévu.", False),
        (
            {"decalage": -3, "sens": "favorable"},
            "Avis favorable, en séance, le {jour}.",
            True,
        ),
        (
            {"mode": "absent", "raison_de_l_absence": "Comité suspendu"},
            "Pas d’avis recueilli, la raison est dite.",
            True,
        ),
    ],
)
def test_l_avis_se_dit_et_ne_bloque_pas(champs: dict[str, Any], phrase: str, fait: bool) -> None:
    dossier = mission()
    decalage = champs.pop("decalage", None)
    jour = aujourdhui() + timedelta(days=decalage) if decalage else None
    avis(dossier, date=jour, **champs)
    vu = panneaux("engager.valider", dossier, agent(dossier.operateur))["avis"]
    attendue = phrase.format(jour=date_format(jour, "j F Y") if jour else "")
    assert vu.phrase.replace("\u00a0", " ") == attendue
    assert ("avis_recueilli" in vu.faits) == fait


def test_l_ordre_habituel_se_dit_sans_bloquer() -> None:
    dossier = mission()
    compte = agent(dossier.operateur)

    def ordre() -> str:
        dit: str = panneaux("engager.valider", dossier, compte)["avis"].contexte["ordre"]
        return dit

    assert ordre() == ""
    marquer(dossier, "confirmer.regler.cahier_des_charges", EtatAvancement.FAIT, par=compte)
    assert "d’ordinaire avant lui" in ordre()
    avis(dossier, sens="favorable", date=aujourdhui())
    assert "suit d’ordinaire le diagnostic" in ordre()
    confirmee(dossier)
    assert ordre() == ""


def test_le_budget_equilibre_est_un_fait() -> None:
    dossier = mission()
    compte = agent(dossier.operateur)
    depense(dossier, 9500)
    apport(dossier, 9500, credits_dla=True)
    vu = panneaux("engager.valider", dossier, compte)["ligne"]
    assert list(vu.faits) == ["budget_equilibre"]
    depense(dossier, libelle="Salle")
    vu = panneaux("engager.valider", dossier, compte)["ligne"]
    assert not vu.faits
    assert "sans montant" in vu.phrase


def test_le_prorata_vient_des_structures_de_la_problematique() -> None:
    dossier = mission()
    jura = operateur("DLA du Jura", departement("39", "Jura"))
    probleme = confirmee(dossier)
    probleme.structures.add(
        *[organisation(operateur=dossier.operateur) for _ in range(3)], organisation(operateur=jura)
    )
    depense(dossier, 8000)
    page = connecte(agent(dossier.operateur)).get(
        reverse("ingenieries:demarche", args=[dossier.pk, "engager.valider"])
    )
    texte = page.content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    assert "DLA du Doubs 75 % (3 structures, 6 000 €) et DLA du Jura 25 %" in texte
    assert "Le statut de 4 structures est inconnu" in texte


def test_une_fois_retenues_elles_seules_comptent() -> None:
    dossier = mission()
    confirmee(dossier).structures.add(
        *[organisation(operateur=dossier.operateur) for _ in range(3)]
    )
    retenue = organisation(operateur=dossier.operateur, categorie_juridique="9220")
    Participation.objects.create(
        ingenierie=dossier, structure=retenue, palier=Palier.RETENUE, atteint=Atteint.RETENUE
    )
    assert beneficiaires(dossier) == Beneficiaires({"DLA du Doubs": 1})


def test_l_en_tete_dit_le_budget_et_ce_qui_lui_manque() -> None:
    dossier = mission()
    compte = agent(dossier.operateur)
    adresse = reverse("ingenieries:demarche", args=[dossier.pk, "engager.valider"])

    def entete() -> str:
        return connecte(compte).get(adresse).content.decode().replace("\u202f", " ")

    assert "rien encore" in entete()
    depense(dossier, 43200)
    depense(dossier, 500, nature="valorisation")
    assert "43 200\u00a0€</a>" in entete()
    depense(dossier)
    assert "43 200\u00a0€ (et 1 inconnue)" in entete()


def test_la_page_des_comites_coute_autant_a_dix_qu_a_mille() -> None:
    dla = operateur()
    client, adresse = connecte(agent(dla)), reverse("engager:comites")

    def poser(nombre: int) -> None:
        lot = [Ingenierie(operateur=dla, titre=f"M{i}", annee=2026) for i in range(nombre)]
        Ingenierie.objects.bulk_create(lot)
        for rang, m in enumerate(lot):
            sens = "favorable" if rang % 2 else ""
            jour = aujourdhui() + timedelta(days=rang % 5 - 2)
            m.brouillon = Avis(ingenierie=m, operateur=dla, sens=sens, date=jour)  # type: ignore[attr-defined]
        Avis.objects.bulk_create(m.brouillon for m in lot)  # type: ignore[attr-defined]

    poser(10)
    a_dix = requetes(client, adresse)
    poser(990)
    assert requetes(client, adresse) == a_dix <= 12


def test_la_page_des_comites_range_ce_qui_attend() -> None:
    dossier = mission(titre="À demander")
    confirmee(dossier)
    dla = dossier.operateur
    avis(mission(dla, titre="En séance"), date=aujourdhui() + timedelta(days=2))
    avis(mission(dla, titre="Oubliée"), date=aujourdhui() - timedelta(days=2))
    avis(
        mission(dla, titre="Rendue"),
        sens="reserves",
        date=aujourdhui(),
        reserves="Revoir le calendrier",
    )
    page = connecte(agent(dla)).get(reverse("engager:comites"))
    contexte = page.context
    assert [str(m) for m in contexte["a_demander"]] == ["À demander"]
    assert [str(a.ingenierie) for a in contexte["en_attente"]] == ["Oubliée"]
    assert [str(a.ingenierie) for s in contexte["seances"] for a in s.avis] == ["En séance"]
    assert [str(a.ingenierie) for a in contexte["liste"].page] == ["Rendue"]
    assert "Revoir le calendrier" in page.content.decode()


def test_aujourd_hui_reçoit_ce_qui_tarde_en_une_requete() -> None:
    dossier = mission(titre="Mécénat")
    compte = agent(dossier.operateur)
    avis(dossier, date=aujourdhui() - timedelta(days=1))
    depense(dossier, 5000)
    apport(dossier, 4000)
    apport(
        mission(dossier.operateur, titre="Emploi"),
        etat="demande",
        reponse_attendue_le=aujourdhui() - timedelta(days=9),
    )
    avis(mission(dossier.operateur, titre="Jury"), date=aujourdhui() + timedelta(days=2))
    confirmee(mission(dossier.operateur, titre="Sans avis"))
    regard(compte, dossier)
    with CaptureQueriesContext(connection) as captees:
        dites = taches(compte, aujourdhui())
    assert len(captees) == 1
    textes = {t.titre.replace("\u00a0", " "): t for t in dites}
    assert set(textes) == {
        "Noter l’avis du comité sur « Mécénat »",
        "Équilibrer le budget de « Mécénat »",
        "Relancer un financeur de « Emploi »",
        "Comité d’appui : Jury",
        "Demander l’avis du comité d’appui sur « Sans avis »",
    }
    manque = textes["Équilibrer le budget de « Mécénat »"].contexte
    assert manque.replace("\u202f", " ").replace("\u00a0", " ") == "Il manque 1 000 €."
    assert textes["Relancer un financeur de « Emploi »"].en_retard(aujourdhui())
    assert taches(agent(operateur("DLA du Jura", departement("39", "Jura"))), aujourdhui()) == []


def test_un_budget_a_moitie_inconnu_ne_reclame_pas_d_equilibre() -> None:
    dossier = mission()
    depense(dossier, 5000)
    depense(dossier)
    apport(dossier, 4000)
    assert taches(agent(dossier.operateur), aujourdhui()) == []
