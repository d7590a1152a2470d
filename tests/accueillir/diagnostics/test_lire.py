"""Lire un diagnostic : ce qui reste interne, ses documents, le précédent auquel il se compare."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as DocumentWord

from maillage import methode
from maillage.accueillir.diagnostics import operations, validation
from maillage.accueillir.diagnostics.comparaison import comparer
from maillage.accueillir.diagnostics.contexte import contexte_du_diagnostic
from maillage.accueillir.diagnostics.documents import DIAGNOSTIC
from maillage.accueillir.diagnostics.lecture import lire
from maillage.accueillir.models import Besoin, Diagnostic
from maillage.annuaire.models import Organisation, Role
from maillage.socle.documents.grilles import textes
from maillage.socle.models import Utilisateur
from tests.accueillir.diagnostics.conftest import url
from tests.accueillir.fabriques import diagnostic_ouvert, diagnostic_soumis, structure_accueillie
from tests.comptes import connecte
from tests.fabriques import agent, departement, operateur

pytestmark = pytest.mark.django_db
SECRET = "MOTINTERNE"


def test_rien_d_interne_ne_sort(
    charge: Utilisateur, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_ouvert(structure, dla)
    volet = objet.volets.get(domaine="projet")
    volet.situation, volet.note_interne = "Ce qui est partagé", SECRET
    operations.ecrire_volet(volet, version=volet.version, par=charge)
    for interne in (True, False):
        dit = SECRET if interne else "Un besoin partagé"
        besoin = Besoin(diagnostic=objet, domaine="projet", dit=dit, interne=interne)
        besoin.prioritaire = True
        operations.ajouter_besoin(besoin, par=charge)
    validation.soumettre(objet, version=objet.version, par=charge)
    lus = " ".join(textes(contexte_du_diagnostic(objet)))
    assert "Ce qui est partagé" in lus
    assert "Un besoin partagé" in lus
    assert SECRET not in lus
    contact = connecte(agent(structure, Role.STRUCTURE))
    for adresse in (
        objet.get_absolute_url(),
        reverse("socle:journal", args=["accueillir.diagnostic", objet.pk]),
        url("diagnostics"),
        structure.get_absolute_url(),
    ):
        reponse = contact.get(adresse)
        assert reponse.status_code == 200, adresse
        assert SECRET not in reponse.content.decode(), adresse
    word = DocumentWord(BytesIO(contact.get(url("diagnostic_word", objet.pk)).content))
    assert SECRET not in " ".join(p.text for p in word.paragraphs)
    assert any("Ce qui est partagé" in p.text for p in word.paragraphs)
    equipe = connecte(charge)
    assert SECRET in equipe.get(objet.get_absolute_url()).content.decode()


def test_le_diagnostic_n_existe_pas_pour_les_autres(
    structure: Organisation, dla: Organisation
) -> None:
    contact = connecte(agent(structure, Role.STRUCTURE))
    objet = diagnostic_ouvert(structure, dla)
    assert contact.get(objet.get_absolute_url()).status_code == 404, "pas encore soumis"
    etranger = connecte(agent(operateur("DLA du Jura", departement("39", "Jura"))))
    comite = connecte(agent(dla, Role.MEMBRE_COMITE))
    for autre in (etranger, comite):
        for nom in ("diagnostic", "diagnostic_word", "diagnostic_pdf"):
            assert autre.get(url(nom, objet.pk)).status_code == 404


def test_le_pdf_est_accessible(structure: Organisation, dla: Organisation) -> None:
    contenu = DIAGNOSTIC.en_pdf(contexte_du_diagnostic(diagnostic_soumis(structure, dla)))
    assert contenu.startswith(b"%PDF")
    assert b"pdfuaid" in contenu


def test_un_nouveau_diagnostic_reprend_le_precedent_et_se_compare(
    client: Client, charge: Utilisateur, structure: Organisation, dla: Organisation
) -> None:
    premier = diagnostic_ouvert(structure, dla)
    volet = premier.volets.get(domaine="emploi")
    volet.situation = "Sept salariés"
    operations.ecrire_volet(volet, version=volet.version, par=charge)
    for dit in ("Embaucher", "Former"):
        operations.ajouter_besoin(Besoin(diagnostic=premier, domaine="emploi", dit=dit), par=charge)
    validation.soumettre(premier, version=premier.version, par=charge)
    validation.valider(premier, version=premier.version, par=None, au_nom_de="La présidente")
    second = operations.ouvrir(
        Diagnostic(structure=structure, operateur=dla, precedent=premier), par=charge
    )
    repris = second.volets.get(domaine="emploi")
    assert repris.situation == "Sept salariés"
    repris.situation = "Neuf salariés"
    operations.ecrire_volet(repris, version=repris.version, par=charge)
    operations.retirer_besoin(second.besoins.get(dit="Embaucher"), par=charge)
    operations.ajouter_besoin(
        Besoin(diagnostic=second, domaine="emploi", dit="Loger l’équipe"), par=charge
    )
    emploi = next(d for d in comparer(lire(premier), lire(second)) if d.nom.startswith("Emploi"))
    assert [b.dit for b in emploi.apparus] == ["Loger l’équipe"]
    assert [b.dit for b in emploi.leves] == ["Embaucher"]
    assert [b.dit for b in emploi.toujours] == ["Former"]
    page = client.get(url("diagnostic_comparer", second.pk, premier.pk)).content.decode()
    assert "Sept salariés" in page
    assert "Neuf salariés" in page
    assert "1 besoin apparu et 1 besoin levé" in page.replace("\xa0", " ")


def test_on_ne_compare_que_les_diagnostics_d_une_structure(
    client: Client, structure: Organisation, dla: Organisation
) -> None:
    un = diagnostic_ouvert(structure, dla)
    autre = diagnostic_ouvert(structure_accueillie(dla), dla)
    assert client.get(url("diagnostic_comparer", un.pk, autre.pk)).status_code == 404


def test_un_diagnostic_montre_la_grille_de_son_jour(
    monkeypatch: pytest.MonkeyPatch, structure: Organisation, dla: Organisation
) -> None:
    objet = diagnostic_ouvert(structure, dla)
    ancienne = methode.diagnostic()
    neuve = replace(ancienne, version=2, domaines=ancienne.domaines[:3])
    monkeypatch.setattr(methode, "grilles_de_diagnostic", lambda: {1: ancienne, 2: neuve})
    assert len(lire(objet)) == 8
    objet.version_de_grille = 2
    assert len(lire(objet)) == 3


@pytest.mark.parametrize("besoins", [10, 1000])
def test_les_pages_tiennent_leur_budget(
    client: Client,
    structure: Organisation,
    dla: Organisation,
    besoins: int,
    django_assert_max_num_queries: Any,
) -> None:
    premier = diagnostic_ouvert(structure, dla)
    objet = diagnostic_ouvert(structure, dla, precedent=premier)
    Besoin.objects.bulk_create(
        [Besoin(diagnostic=objet, domaine="projet", dit=f"Besoin {n}") for n in range(besoins)]
    )
    adresses = (
        objet.get_absolute_url(),
        url("domaine", objet.pk, "projet"),
        url("diagnostic_comparer", objet.pk, premier.pk),
        url("diagnostics"),
        structure.get_absolute_url(),
    )
    for adresse in adresses:
        with django_assert_max_num_queries(12):
            assert client.get(adresse).status_code == 200
