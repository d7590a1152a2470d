"""Faire relire le diagnostic : soumettre, valider, corriger."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from maillage.accueillir.diagnostics import operations, validation
from maillage.accueillir.models import Besoin, EtatDiagnostic
from maillage.annuaire.models import Organisation, Role
from maillage.socle.droits import Refus
from maillage.socle.models import Acte, Notification, Utilisateur
from maillage.socle.transitions import TransitionRefusee
from maillage.socle.verrou import ConflitDeVersion
from tests.accueillir.diagnostics.conftest import ecrire, url
from tests.accueillir.fabriques import diagnostic_ouvert, diagnostic_soumis
from tests.comptes import connecte
from tests.fabriques import agent

pytestmark = pytest.mark.django_db


def test_on_ne_soumet_pas_un_diagnostic_dont_la_structure_ne_lirait_rien(
    charge: Utilisateur, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_ouvert(structure, dla)
    interne = Besoin(diagnostic=objet, domaine="emploi", dit="Chut", interne=True)
    operations.ajouter_besoin(interne, par=charge)
    with pytest.raises(TransitionRefusee, match="rien à lire"):
        validation.soumettre(objet, version=objet.version, par=charge)


def test_la_structure_valide_ce_qu_elle_a_lu(structure: Organisation, dla: Organisation) -> None:
    contact = agent(structure, Role.STRUCTURE)
    objet = diagnostic_soumis(structure, dla)
    assert Notification.objects.filter(destinataire=contact).count() == 1
    client = connecte(contact)
    assert "Un projet partagé" in client.get(objet.get_absolute_url()).content.decode()
    adresse = url("diagnostic_repondre", objet.pk, "valider")
    client.post(adresse, {"version": objet.version, "remarques": "D’accord"})
    objet.refresh_from_db()
    assert (objet.etat, objet.remarques) == (EtatDiagnostic.VALIDE, "D’accord")
    assert objet.valide_par == str(contact)


def test_une_version_depassee_ne_se_valide_pas(
    charge: Utilisateur, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_soumis(structure, dla)
    lue = objet.version
    validation.reprendre(objet, version=lue, par=charge)
    validation.soumettre(objet, version=objet.version, par=charge)
    with pytest.raises(ConflitDeVersion):
        validation.valider(objet, version=lue, par=None, au_nom_de="La présidente")


def test_une_correction_revient_en_cours_et_se_tait_pour_la_structure(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    contact = connecte(agent(structure, Role.STRUCTURE))
    objet = diagnostic_soumis(structure, dla)
    adresse = url("diagnostic_repondre", objet.pk, "corriger")
    contact.post(adresse, {"version": objet.version})
    objet.refresh_from_db()
    assert objet.etat == EtatDiagnostic.A_VALIDER, "une correction se dit"
    contact.post(adresse, {"version": objet.version, "remarques": "Nous sommes dix"})
    objet.refresh_from_db()
    assert objet.etat == EtatDiagnostic.EN_COURS
    assert "Nous sommes dix" in client.get(objet.get_absolute_url()).content.decode()
    assert contact.get(objet.get_absolute_url()).status_code == 403, "le DLA reprend le texte"


def test_on_n_ecrit_plus_pendant_la_relecture(
    client: Client, charge: Utilisateur, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_soumis(structure, dla)
    volet = objet.volets.get(domaine="emploi")
    assert ecrire(client, volet, situation="Trop tard").status_code == 403
    with pytest.raises(Refus):
        operations.ecrire_volet(volet, version=volet.version, par=charge)
    assert client.get(url("domaine", objet.pk, "emploi")).status_code == 200


def test_l_atelier_dit_le_geste_qui_suit(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    """Un domaine à ouvrir d'abord ; soumis, le lien personnel à remettre."""
    neuf = diagnostic_ouvert(structure, dla)
    page = client.get(neuf.get_absolute_url()).content.decode()
    assert url("domaine", neuf.pk, "projet") in page.split('<nav class="chemin')[0]
    soumis = diagnostic_soumis(structure, dla)
    page = client.get(soumis.get_absolute_url()).content.decode()
    assert "La structure le relit" in page
    assert reverse("portail:liens", args=[structure.pk]) in page
    assert url("domaine", soumis.pk, "gouvernance") not in page.split('<nav class="chemin')[0]


def test_l_agent_consigne_une_validation_orale(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_soumis(structure, dla)
    adresse = url("diagnostic_consigner", objet.pk)
    sans_preuve = client.post(adresse, {"version": objet.version, "valide_par": "La présidente"})
    assert sans_preuve.status_code == 422
    client.post(
        adresse,
        {"version": objet.version, "valide_par": "La présidente", "preuve": "au téléphone"},
    )
    objet.refresh_from_db()
    assert (objet.etat, objet.preuve) == (EtatDiagnostic.VALIDE, "au téléphone")
    assert Acte.objects.filter(phrase__contains="au téléphone").exists()


def test_sans_compte_le_journal_nomme_la_structure(
    structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_soumis(structure, dla)
    validation.valider(objet, version=objet.version, par=None, au_nom_de="Ada Diallo")
    assert Acte.objects.filter(qui=None, phrase__contains="Ada Diallo").exists()
