"""Donner, refuser, soustraire, consigner avec preuve ; ce qui est fermé l'est aussitôt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.accueillir.autorisations.droits import peut_lire_diagnostic, regard
from maillage.accueillir.models import (
    Autorisation,
    Diagnostic,
    ExceptionDAutorisation,
    Lecture,
    VoieDAutorisation,
)
from maillage.annuaire.models import Nature, Organisation, Role
from maillage.socle.models import Acte, Document, Notification, Utilisateur
from tests.accueillir.fabriques import autoriser, diagnostic_valide, soustraire
from tests.comptes import connecte
from tests.droits.test_fuites import texte_de
from tests.fabriques import agent, departement, operateur, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def diagnostic(structure: Organisation, dla: Organisation) -> Diagnostic:
    return diagnostic_valide(structure, dla)


def page_de(structure: Organisation) -> str:
    return reverse("accueillir:autorisations", args=[structure.pk])


def envoyer(client: Client, structure: Organisation, vu: str = "", **choix: Any) -> Any:
    return client.post(page_de(structure), {"vu": vu, **choix})


def test_sans_reponse_c_est_ferme_et_la_raison_se_dit(
    structure: Organisation, dla: Organisation, diagnostic: Diagnostic
) -> None:
    membre = agent(dla, Role.MEMBRE_COMITE)
    decision = peut_lire_diagnostic(membre, diagnostic)
    assert not decision
    assert "rien de plus" in decision.raison
    assert dla.nom in decision.recours
    assert regard(membre, diagnostic).existe


def test_le_contact_ouvre_puis_ferme_et_cela_vaut_aussitot(
    structure: Organisation, dla: Organisation, diagnostic: Diagnostic
) -> None:
    contact, membre = agent(structure, Role.STRUCTURE), agent(dla, Role.MEMBRE_COMITE)
    client = connecte(contact)
    assert envoyer(client, structure, comite="oui", prestataire="non").status_code == 302
    ouverte = Autorisation.objects.get(categorie="comite")
    assert (ouverte.accordee, ouverte.voie, ouverte.par) == (True, "compte", str(contact))
    assert not Autorisation.objects.get(categorie="prestataire").accordee
    assert Autorisation.objects.count() == 2
    assert peut_lire_diagnostic(membre, diagnostic)
    assert envoyer(client, structure, vu="comite:1 prestataire:1", comite="non").status_code == 302
    assert not peut_lire_diagnostic(membre, diagnostic)
    assert Autorisation.pgh_event_model.objects.count() == 3  # type: ignore[attr-defined]


def test_l_agent_consigne_avec_sa_preuve_et_la_structure_le_sait(
    structure: Organisation, dla: Organisation
) -> None:
    contact, client = agent(structure, Role.STRUCTURE), connecte(agent(dla))
    sans = envoyer(client, structure, comite="oui", par="Mme Diallo")
    assert sans.status_code == 422
    assert "joignez le document" in sans.content.decode()
    assert not Autorisation.objects.exists()
    avec = envoyer(
        client, structure, comite="oui", par="Mme Diallo", preuve="charte signée le 3 mars"
    )
    assert avec.status_code == 302
    dite = Autorisation.objects.get()
    assert (dite.voie, dite.par) == (VoieDAutorisation.AGENT, "Mme Diallo")
    assert Notification.objects.filter(destinataire=contact).exists()
    assert "charte signée le 3 mars" in connecte(contact).get(page_de(structure)).content.decode()


def test_la_preuve_peut_etre_un_document(structure: Organisation, dla: Organisation) -> None:
    fichier = SimpleUploadedFile("charte.txt", "Nous ouvrons au comité.".encode())
    reponse = envoyer(
        connecte(agent(dla)), structure, comite="oui", par="Mme Diallo", fichier=fichier
    )
    assert reponse.status_code == 302
    assert Autorisation.objects.get().piece == Document.objects.get()


def test_deux_reponses_a_la_fois_ne_s_ecrasent_pas(structure: Organisation) -> None:
    autoriser(structure, "comite")
    client = connecte(agent(structure, Role.STRUCTURE))
    reponse = envoyer(client, structure, vu="", comite="non")
    assert reponse.status_code == 422
    assert "vient de changer" in reponse.content.decode()
    assert Autorisation.objects.get().accordee
    assert 'value="comite:1"' in reponse.content.decode()


@pytest.mark.parametrize("forme", ["document", "destinataire", "les_deux", "categorie"])
def test_l_exception_l_emporte_et_se_leve(
    forme: str, structure: Organisation, dla: Organisation, diagnostic: Diagnostic
) -> None:
    autoriser(structure, "dla_regional")
    region = organisation(Nature.DLA_REGIONAL, territoires=[departement()])
    membre, client = agent(region, Role.DLA_REGIONAL), connecte(agent(structure, Role.STRUCTURE))
    autre = diagnostic_valide(structure, dla)
    envoi = {
        "document": {"diagnostic": diagnostic.pk},
        "destinataire": {"organisation": region.pk},
        "les_deux": {"diagnostic": diagnostic.pk, "organisation": region.pk},
        "categorie": {"diagnostic": diagnostic.pk, "categorie": "dla_regional"},
    }[forme]
    assert peut_lire_diagnostic(membre, diagnostic)
    adresse = reverse("accueillir:autorisation_soustraire", args=[structure.pk])
    assert client.post(adresse, envoi).status_code == 302
    assert not peut_lire_diagnostic(membre, diagnostic)
    assert bool(peut_lire_diagnostic(membre, autre)) is (forme != "destinataire")
    assert ExceptionDAutorisation.objects.get().phrase in client.get(
        page_de(structure)
    ).content.decode().replace("&#x27;", "'")
    lever = reverse("accueillir:autorisation_lever", args=[structure.pk])
    client.post(lever, {"exception": ExceptionDAutorisation.objects.get().pk})
    assert peut_lire_diagnostic(membre, diagnostic)


def test_qui_est_soustrait_ne_lit_par_aucun_autre_titre(
    structure: Organisation, dla: Organisation, diagnostic: Diagnostic
) -> None:
    """Membre du comité et du conseil soustrait : l'exception l'emporte."""
    autoriser(structure, "comite")
    conseil = organisation(Nature.FINANCEUR)
    membre = agent(dla, Role.MEMBRE_COMITE)
    soustraire(structure, organisation=conseil)
    assert peut_lire_diagnostic(membre, diagnostic)
    membre.personne.rattachements.create(organisation=conseil, role=Role.PARTENAIRE)
    assert not peut_lire_diagnostic(Utilisateur.objects.get(pk=membre.pk), diagnostic)


@pytest.mark.parametrize("envoi", [{}, {"categorie": "comite"}, {"diagnostic": "x"}])
def test_une_exception_incomplete_dit_comment_la_dire(
    envoi: dict[str, str], structure: Organisation
) -> None:
    client = connecte(agent(structure, Role.STRUCTURE))
    adresse = reverse("accueillir:autorisation_soustraire", args=[structure.pk])
    assert client.post(adresse, envoi).status_code == 422
    assert not ExceptionDAutorisation.objects.exists()


@pytest.mark.parametrize("exception", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_lever_ce_qui_n_existe_pas_n_est_pas_une_erreur_du_serveur(
    exception: str, structure: Organisation
) -> None:
    client = connecte(agent(structure, Role.STRUCTURE))
    adresse = reverse("accueillir:autorisation_lever", args=[structure.pk])
    assert client.post(adresse, {"exception": exception}).status_code == 404


def test_un_autre_dla_du_territoire_n_y_touche_pas(
    structure: Organisation, diagnostic: Diagnostic
) -> None:
    voisin = agent(operateur("DLA voisin", departement()))
    assert connecte(voisin).get(page_de(structure)).status_code == 403
    assert not regard(voisin, diagnostic).existe
    ailleurs = agent(operateur("DLA d’ailleurs", departement("33", "Gironde")))
    assert connecte(ailleurs).get(page_de(structure)).status_code == 404


def test_le_journal_de_la_structure_ne_nomme_aucun_destinataire(structure: Organisation) -> None:
    """Le DLA régional le lit : il n'a pas à y apprendre qu'on l'a soustrait."""
    region = organisation(Nature.DLA_REGIONAL, territoires=[departement()], nom="Régional")
    client = connecte(agent(structure, Role.STRUCTURE))
    client.post(
        reverse("accueillir:autorisation_soustraire", args=[structure.pk]),
        {"organisation": region.pk},
    )
    assert Acte.objects.get().phrase == "a soustrait une partie des diagnostics de la structure"


def test_la_page_coute_autant_a_une_ligne_qu_a_trente(
    structure: Organisation, dla: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = connecte(agent(structure, Role.STRUCTURE))
    for nombre in (1, 30):
        for _ in range(nombre):
            soustraire(structure, diagnostic=diagnostic_valide(structure, dla))
        with django_assert_num_queries(12):
            client.get(page_de(structure))


def test_lire_s_inscrit_d_un_geste_et_se_voit(
    structure: Organisation, dla: Organisation, diagnostic: Diagnostic
) -> None:
    """Le GET n'écrit rien et ne montre rien ; le geste inscrit ; retirer ferme qui lisait."""
    autoriser(structure, "comite")
    contact, membre = agent(structure, Role.STRUCTURE), agent(dla, Role.MEMBRE_COMITE)
    client, page = connecte(membre), reverse("accueillir:diagnostic", args=[diagnostic.pk])
    avant = client.get(page).content.decode()
    assert "Lire le diagnostic" in avant
    assert diagnostic.synthese not in avant
    assert not Lecture.objects.exists()
    lire = reverse("accueillir:lire", args=[diagnostic.pk])
    for _ in range(2):
        assert client.post(lire, {"forme": "ecran"}).status_code == 302
    assert diagnostic.synthese in client.get(page).content.decode()
    lecture = Lecture.objects.get()
    assert (lecture.categorie, lecture.organisation, lecture.forme) == ("comite", dla, "ecran")
    assert str(membre) in connecte(contact).get(page_de(structure)).content.decode()
    assert Notification.objects.filter(destinataire=contact, cle__startswith="lecture:").exists()
    pdf = reverse("accueillir:diagnostic_pdf", args=[diagnostic.pk])
    assert not client.get(pdf).content.startswith(b"%PDF")
    client.post(lire, {"forme": "pdf"})
    assert client.get(pdf).content.startswith(b"%PDF")
    Lecture.objects.filter(forme="ecran").update(quand=timezone.now() - timedelta(days=1))
    assert diagnostic.synthese not in client.get(page).content.decode()
    client.post(lire, {"forme": "ecran"})
    Autorisation.objects.update(accordee=False)
    ferme = client.get(page)
    assert ferme.status_code == 403
    assert diagnostic.synthese not in ferme.content.decode()
    assert structure.nom not in ferme.content.decode()
    assert client.get(pdf).status_code == 403
    assert client.post(lire).status_code == 403


def test_soustraire_depuis_la_ligne_d_une_lecture(
    structure: Organisation, dla: Organisation, diagnostic: Diagnostic
) -> None:
    autoriser(structure, "comite")
    membre = agent(dla, Role.MEMBRE_COMITE)
    connecte(membre).post(reverse("accueillir:lire", args=[diagnostic.pk]))
    lecture = Lecture.objects.get()
    connecte(agent(structure, Role.STRUCTURE)).post(
        reverse("accueillir:autorisation_soustraire", args=[structure.pk]),
        {"diagnostic": lecture.diagnostic_id, "organisation": lecture.organisation_id},
    )
    assert not peut_lire_diagnostic(membre, diagnostic)


@pytest.mark.parametrize("qui", ["comite", "regional", "ressources", "voisin"])
def test_rien_d_un_diagnostic_ferme_ne_sort_par_aucune_page(
    qui: str, structure: Organisation, dla: Organisation
) -> None:
    """Ni par une liste, ni par un export, ni par la recherche, ni par le journal ou les pièces."""
    Organisation.objects.filter(pk=structure.pk).update(secteur="culture")
    mot = "SECRETDUDIAGNOSTIC"
    ferme = diagnostic_valide(structure, dla, synthese=mot, remarques=mot, valide_par=mot)
    ferme.volets.create(domaine="projet", situation=mot, forces=mot, fragilites=mot, preuves=mot)
    ferme.besoins.create(domaine="projet", dit=mot, prioritaire=True)
    compte = {
        "comite": lambda: agent(dla, Role.MEMBRE_COMITE),
        "regional": lambda: agent(
            organisation(Nature.DLA_REGIONAL, territoires=[departement()]), Role.DLA_REGIONAL
        ),
        "ressources": lambda: agent(
            organisation(Nature.CENTRE_RESSOURCES, secteur="culture"), Role.CENTRE_RESSOURCES
        ),
        "voisin": lambda: agent(operateur("DLA voisin", departement())),
    }[qui]()
    client, cle = connecte(compte), [ferme.pk]
    adresses = [
        reverse("accueillir:diagnostic", args=cle),
        reverse("accueillir:diagnostic_word", args=cle),
        reverse("accueillir:diagnostic_pdf", args=cle),
        reverse("accueillir:domaine", args=[ferme.pk, "projet"]),
        reverse("accueillir:diagnostics"),
        *(f"{reverse('accueillir:diagnostics')}?export={forme}" for forme in ("csv", "xlsx")),
        reverse("accueillir:diagnostics_ouverts"),
        reverse("annuaire:fiche", args=[structure.pk]),
        f"{reverse('piloter:recherche')}?q={mot.lower()}",
        reverse("socle:journal", args=["accueillir.diagnostic", ferme.pk]),
        reverse("socle:documents", args=["accueillir.diagnostic", ferme.pk]),
        reverse("piloter:aujourdhui"),
    ]
    fuites = [a for a in adresses if mot in texte_de(client.get(a))]
    assert not fuites
    client.force_login(agent(dla))
    assert mot in client.get(adresses[0]).content.decode()
