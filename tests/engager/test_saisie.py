"""Écrire par les formulaires : ce qui s'enregistre, ce qui se répare, ce qui ne se perd pas."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from maillage.engager.editions import (
    AVIS,
    EVALUATION,
    FINANCEMENT,
    LIGNE,
    OBJECTIF,
    PARTENAIRE,
    VALIDATION,
)
from maillage.engager.models import (
    Avis,
    Financement,
    LigneDeBudget,
    Objectif,
    Partenariat,
    ValidationDuPorteur,
)
from maillage.ingenieries.edition import Edition
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Acte, Notification
from tests.comptes import connecte
from tests.engager.monde import avis, depense, financeur, membre_du_comite, partenaire
from tests.fabriques import agent, mission

pytestmark = pytest.mark.django_db

HTML = "<script>alert('x')</script>"
EDITIONS = [PARTENAIRE, OBJECTIF, EVALUATION, VALIDATION, AVIS, LIGNE, FINANCEMENT]


@pytest.fixture
def dossier() -> Ingenierie:
    return mission()


@pytest.fixture
def client_pilote(dossier: Ingenierie) -> Client:
    return connecte(agent(dossier.operateur))


def ajouter(client: Client, edition: Edition, dossier: Ingenierie, **donnees: Any) -> Any:
    return client.post(edition.url("ajouter", dossier.pk), donnees)


def test_un_partenaire_nait_avec_ses_attentes_et_une_ligne_au_journal(
    dossier: Ingenierie, client_pilote: Client
) -> None:
    financeur("Région Bourgogne")
    reponse = ajouter(
        client_pilote,
        PARTENAIRE,
        dossier,
        organisation="Région Bourgogne",
        famille="financeurs",
        etat="sollicite",
        role="Cofinance",
    )
    assert reponse["Location"].endswith("engager.lancer/#partenaire")
    cree = Partenariat.objects.get()
    assert not cree.attentes.notees
    assert Acte.objects.sur(dossier).get().phrase == "a ajouté le partenaire : Région Bourgogne"


def test_les_attentes_s_ecrivent_en_interne(dossier: Ingenierie, client_pilote: Client) -> None:
    lien = partenaire(dossier)
    adresse = reverse("engager:attentes_modifier", args=[dossier.pk, lien.attentes.pk])
    donnees = {
        "partagee": "oui",
        "complementaire": "a_voir",
        "interessante": "non",
        "codes": ["financeurs.obligation", "reseau_dla.credibilite"],
        "mots": "Une action visible",
        "version": 1,
    }
    assert client_pilote.post(adresse, donnees).status_code == 302
    lien.attentes.refresh_from_db()
    assert lien.attentes.lisibles == ["Faire appliquer une obligation", "Gagner en crédibilité"]
    assert Acte.objects.sur(dossier).get().interne


def test_un_objectif_de_la_methode_sait_son_niveau(
    dossier: Ingenierie, client_pilote: Client
) -> None:
    ajouter(client_pilote, OBJECTIF, dossier, code="utilite_sociale", niveau="operationnel")
    ajouter(client_pilote, OBJECTIF, dossier, texte="Un contact durable", niveau="operationnel")
    assert {(o.niveau, str(o)) for o in Objectif.objects.all()} == {
        ("strategique", "Consolider les activités d’utilité sociale"),
        ("operationnel", "Un contact durable"),
    }


def test_un_avis_demande_s_annonce_au_comite_et_un_avis_rendu_a_la_mission(
    dossier: Ingenierie, client_pilote: Client
) -> None:
    membre, charge = membre_du_comite(dossier.operateur), agent(dossier.operateur)
    dossier.charge = charge.personne
    dossier.save()
    commun = {"operateur": dossier.operateur_id, "mode": "seance", "date": "2026-12-03"}
    ajouter(client_pilote, AVIS, dossier, **commun)
    rendu = Avis.objects.get()
    modifier = AVIS.url("modifier", dossier.pk, rendu.pk)
    client_pilote.post(modifier, {**commun, "sens": "favorable", "version": 1})
    dites = [(n.destinataire, n.phrase.replace("\u00a0", " ")) for n in Notification.objects.all()]
    assert sorted(dites, key=lambda d: d[1]) == [
        (charge, f"Avis favorable du comité d’appui sur « {dossier} »."),
        (membre, f"Votre avis est demandé pour le 03/12/2026 sur « {dossier} »."),
    ]


def test_le_comite_d_un_dla_etranger_a_la_mission_ne_se_choisit_pas(
    dossier: Ingenierie, client_pilote: Client
) -> None:
    intrus = financeur("Intrus")
    reponse = ajouter(client_pilote, AVIS, dossier, operateur=intrus.pk, mode="seance")
    assert (reponse.status_code, Avis.objects.count()) == (422, 0)


def test_une_ligne_se_dit_avec_ses_mots(dossier: Ingenierie, client_pilote: Client) -> None:
    ajouter(
        client_pilote,
        LIGNE,
        dossier,
        nature="conseil",
        libelle="Appui-conseil",
        jours="environ 5",
        cout_jour="900",
    )
    assert str(LigneDeBudget.objects.get().cout).replace("\u202f", " ") == "environ 4 500\u00a0€"


def test_un_financement_en_part_se_garde_en_part(
    dossier: Ingenierie, client_pilote: Client
) -> None:
    financeur("Ville de Quimper")
    ajouter(
        client_pilote,
        FINANCEMENT,
        dossier,
        financeur="Ville de Quimper",
        part="40",
        famille="collectivites",
        etat="accorde",
    )
    recu = Financement.objects.get()
    assert (str(recu.part), recu.montant.connue) == ("40\u00a0%", False)


@pytest.mark.parametrize(
    ("edition", "donnees", "reparer"),
    [
        (PARTENAIRE, {"organisation": "Personne de ce nom", "famille": "x"}, "n’est pas dans"),
        (OBJECTIF, {}, "Choisissez un objectif de la méthode ou écrivez le vôtre"),
        (EVALUATION, {"objet": "x" * 2001}, "2001"),
        (VALIDATION, {"etat": "validee"}, "Donnez la date de la réponse du porteur"),
        (VALIDATION, {"etat": "validee", "date": "32/13/2026"}, "date"),
        (AVIS, {"mode": "absent"}, "dites pourquoi"),
        (LIGNE, {"nature": "conseil", "libelle": "L", "jours": "beaucoup"}, "pas compris"),
        (LIGNE, {"nature": "conseil", "libelle": "L", "montant": "-5"}, "nombre positif"),
        (LIGNE, {"nature": "conseil", "libelle": "L", "montant": "9" * 30}, "trop grand"),
        (
            LIGNE,
            {"nature": "conseil", "libelle": "L", "jours": "5", "cout_jour": "900", "montant": "1"},
            "effacez l’un des trois",
        ),
        (LIGNE, {"nature": "conseil", "libelle": "a\x00b"}, "nul"),
        (FINANCEMENT, {"part": "140"}, "cent pour cent"),
        (FINANCEMENT, {"montant": "10", "part": "10"}, "pas les deux"),
    ],
)
def test_une_mauvaise_saisie_se_repare(
    dossier: Ingenierie,
    client_pilote: Client,
    edition: Edition,
    donnees: dict[str, str],
    reparer: str,
) -> None:
    financeur("Région")
    complet = {"operateur": str(dossier.operateur_id), "financeur": "Région", "etat": "demande"}
    reponse = ajouter(client_pilote, edition, dossier, **complet | donnees)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert reparer in page
    assert all(v in page for v in donnees.values() if v.isalnum() and len(v) < 100)
    assert edition.modele._default_manager.count() == 0


@pytest.mark.parametrize("edition", EDITIONS)
def test_le_html_s_ecrit_et_ne_s_execute_pas(
    dossier: Ingenierie, client_pilote: Client, edition: Edition
) -> None:
    financeur(f"Région {HTML}")
    textes = dict.fromkeys(
        ["role", "texte", "objet", "raisons", "par", "remarques", "reserves", "libelle", "source"],
        HTML,
    )
    donnees = {
        "organisation": f"Région {HTML}",
        "financeur": f"Région {HTML}",
        "famille": "financeurs" if edition is PARTENAIRE else "etat",
        "etat": "validee" if edition is VALIDATION else "sollicite",
        "date": "2026-01-05",
        "operateur": str(dossier.operateur_id),
        "mode": "seance",
        "nature": "conseil",
        "niveau": "operationnel",
    }
    if edition is FINANCEMENT:
        donnees["etat"] = "demande"
    reponse = ajouter(client_pilote, edition, dossier, **donnees | textes)
    assert reponse.status_code == 302, reponse.content.decode()
    page = client_pilote.get(reponse["Location"]).content.decode()
    assert HTML not in page


def test_deux_agents_sur_la_meme_ligne_ne_perdent_pas_un_mot(dossier: Ingenierie) -> None:
    ligne = depense(dossier, 4000, libelle="Conseil")
    camille, dominique = (connecte(agent(dossier.operateur)) for _ in range(2))
    adresse = LIGNE.url("modifier", dossier.pk, ligne.pk)
    base = {"nature": "conseil", "montant": "4000", "version": 1}
    assert camille.post(adresse, base | {"libelle": "De Camille"}).status_code == 302
    reponse = dominique.post(adresse, base | {"libelle": "De Dominique"})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "De Dominique" in page
    assert "De Camille" in page
    assert LigneDeBudget.objects.get().libelle == "De Camille"


def test_une_mission_close_ne_se_modifie_plus(dossier: Ingenierie, client_pilote: Client) -> None:
    dossier.etat = "close"
    dossier.save()
    reponse = ajouter(client_pilote, LIGNE, dossier, nature="conseil", libelle="Trop tard")
    assert (reponse.status_code, LigneDeBudget.objects.count()) == (403, 0)


def test_retirer_un_partenaire_retire_ses_attentes(
    dossier: Ingenierie, client_pilote: Client
) -> None:
    lien = partenaire(dossier, attentes={"mots": "Secret"})
    client_pilote.post(PARTENAIRE.url("retirer", dossier.pk, lien.pk))
    assert not Partenariat.objects.exists()
    assert "Secret" not in " ".join(a.phrase for a in Acte.objects.all())


def test_une_validation_ne_se_double_pas(dossier: Ingenierie, client_pilote: Client) -> None:
    ValidationDuPorteur.objects.create(ingenierie=dossier)
    assert client_pilote.get(VALIDATION.url("ajouter", dossier.pk)).status_code == 302
    avis(dossier)
    assert ValidationDuPorteur.objects.count() == 1
