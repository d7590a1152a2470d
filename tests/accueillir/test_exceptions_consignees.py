"""L’agent consigne avec sa preuve ce que la structure soustrait ou lève."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from maillage.accueillir.autorisations.droits import filtre_des_decideurs, peut_decider
from maillage.accueillir.models import (
    Diagnostic,
    DossierDAutorisations,
    ExceptionDAutorisation,
    VoieDAutorisation,
)
from maillage.annuaire.doublons.fusion import annuler, reunir
from maillage.annuaire.models import Nature, Organisation, Role
from maillage.socle.models import Acte, Document, Notification
from tests.accueillir.fabriques import (
    autoriser,
    demande,
    diagnostic_ouvert,
    diagnostic_valide,
    soustraire,
)
from tests.comptes import connecte
from tests.fabriques import agent, departement, operateur, organisation

pytestmark = pytest.mark.django_db

PREUVE = {"par": "Mme Diallo, présidente", "preuve": "courriel du 3 mars"}


@pytest.fixture
def lu(structure: Organisation, dla: Organisation) -> Diagnostic:
    return diagnostic_valide(structure, dla)


def poser(client: Client, structure: Organisation, **envoi: Any) -> Any:
    return client.post(reverse("accueillir:autorisation_soustraire", args=[structure.pk]), envoi)


def lever(client: Client, structure: Organisation, **envoi: Any) -> Any:
    envoi |= {"exception": ExceptionDAutorisation.objects.get().pk}
    return client.post(reverse("accueillir:autorisation_lever", args=[structure.pk]), envoi)


def charte() -> SimpleUploadedFile:
    return SimpleUploadedFile("Retrait du financeur.txt", b"Nous fermons.")


@pytest.mark.parametrize("manque", ["preuve", "par"])
def test_sans_preuve_rien_ne_se_consigne(
    manque: str, structure: Organisation, dla: Organisation, lu: Diagnostic
) -> None:
    refusee = poser(connecte(agent(dla)), structure, diagnostic=lu.pk, **(PREUVE | {manque: ""}))
    assert refusee.status_code == 422
    assert not ExceptionDAutorisation.objects.exists()
    assert f'value="{lu.pk}" selected' in refusee.content.decode()


def test_avec_preuve_elle_se_pose_et_la_structure_la_lit(
    structure: Organisation, dla: Organisation, lu: Diagnostic
) -> None:
    contact = agent(structure, Role.STRUCTURE)
    posee = poser(connecte(agent(dla)), structure, diagnostic=lu.pk, fichier=charte(), **PREUVE)
    assert posee.status_code == 302
    exception = ExceptionDAutorisation.objects.get()
    assert (exception.voie, exception.par) == (VoieDAutorisation.AGENT, PREUVE["par"])
    assert exception.piece == Document.objects.get()
    page = connecte(contact).get(reverse("accueillir:autorisations", args=[structure.pk]))
    assert "courriel du 3 mars" in page.content.decode()
    piece = reverse("socle:document", args=[exception.piece.pk])
    lue = connecte(contact).get(piece)
    assert (lue.status_code, lue.getvalue()) == (200, b"Nous fermons.")
    assert Notification.objects.filter(destinataire=contact).exists()


def test_la_base_refuse_ce_que_le_dla_consigne_sans_preuve(
    structure: Organisation, lu: Diagnostic
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ExceptionDAutorisation.objects.create(
            structure=structure, diagnostic=lu, voie=VoieDAutorisation.AGENT, par="Ada"
        )


def test_lever_se_prouve_aussi_et_l_historique_le_garde(
    structure: Organisation, dla: Organisation, lu: Diagnostic
) -> None:
    client = connecte(agent(dla))
    poser(client, structure, diagnostic=lu.pk, **PREUVE)
    assert lever(client, structure).status_code == 422
    assert ExceptionDAutorisation.objects.exists()
    levee = {"par": "M. Roy, trésorier", "preuve": "réunion du 9 mars"}
    assert lever(client, structure, **levee).status_code == 302
    assert not ExceptionDAutorisation.objects.exists()
    page = client.get(reverse("accueillir:autorisations", args=[structure.pk])).content.decode()
    for dit in ("courriel du 3 mars", "réunion du 9 mars", ": levé"):
        assert dit in page


def test_ce_que_la_structure_a_pose_ne_se_leve_pas_avec_une_preuve_de_l_agent(
    structure: Organisation, dla: Organisation, lu: Diagnostic
) -> None:
    soustraire(structure, diagnostic=lu)
    assert lever(connecte(agent(dla)), structure, **PREUVE).status_code == 403
    assert ExceptionDAutorisation.objects.exists()


@pytest.mark.parametrize("qui", ["soustrait", "voisin"])
def test_la_preuve_ne_se_lit_pas_par_qui_est_soustrait(
    qui: str, structure: Organisation, dla: Organisation
) -> None:
    """Ni le fichier, ni son titre au journal de la structure."""
    region = organisation(Nature.DLA_REGIONAL, territoires=[departement()])
    poser(connecte(agent(dla)), structure, organisation=region.pk, fichier=charte(), **PREUVE)
    autre = region if qui == "soustrait" else operateur("DLA voisin", departement())
    lecteur = agent(autre, Role.DLA_REGIONAL if qui == "soustrait" else Role.RESPONSABLE)
    piece = reverse("socle:document", args=[Document.objects.get().pk])
    assert connecte(lecteur).get(piece).status_code == 404
    etiquette = Organisation._meta.label_lower
    journal = Acte.objects.filter(sujet_type=etiquette, phrase__contains="Retrait")
    assert not journal.exists()


def test_une_preuve_ne_se_retire_pas(structure: Organisation, dla: Organisation) -> None:
    client = connecte(agent(dla))
    region = organisation(Nature.DLA_REGIONAL, territoires=[departement()])
    poser(client, structure, organisation=region.pk, fichier=charte(), **PREUVE)
    piece = Document.objects.get()
    retrait = client.post(reverse("socle:document_retirer", args=[piece.pk]))
    assert retrait.status_code == 403
    assert "ne se retire pas" in retrait.content.decode()
    assert Document.objects.filter(pk=piece.pk).exists()


def test_les_preuves_suivent_deux_fiches_que_l_on_reunit(
    structure: Organisation, dla: Organisation
) -> None:
    region = organisation(Nature.DLA_REGIONAL, territoires=[departement()])
    poser(connecte(agent(dla)), structure, organisation=region.pk, fichier=charte(), **PREUVE)
    gardee = organisation(operateur=dla, nom="L’autre fiche")
    fusion = reunir(gardee, structure, champs={}, lignes={}, par=None)
    assert Document.objects.get().sujet_id == gardee.pk
    annuler(fusion, par=None)
    assert Document.objects.get().sujet_id == structure.pk


def test_lui_soustraire_commence_la_consignation(
    structure: Organisation, dla: Organisation, lu: Diagnostic
) -> None:
    page = reverse("accueillir:autorisations", args=[structure.pk])
    client = connecte(agent(dla))
    assert f'value="{lu.pk}" selected' in client.get(f"{page}?diagnostic={lu.pk}").content.decode()
    assert client.get(f"{page}?diagnostic=x&organisation=y").status_code == 200


def test_decider_se_dit_pareil_pour_un_objet_et_en_sql(dla: Organisation) -> None:
    voisin = operateur("DLA voisin", departement("33", "Gironde"))
    structures = [organisation(operateur=o) for o in (dla, voisin, None, None, dla)]
    diagnostic_ouvert(structures[1], dla)
    demande(structures[2], dla)
    demande(structures[4], voisin)
    comptes = [agent(dla), agent(voisin), agent(structures[3], Role.STRUCTURE)]
    comptes.append(agent(dla, Role.MEMBRE_COMITE))
    vus = 0
    for compte in comptes:
        permises = {s.pk for s in structures if peut_decider(compte, s)}
        filtre = filtre_des_decideurs(compte)
        assert permises == {d.pk for d in DossierDAutorisations.objects.filter(filtre)}
        vus += len(permises)
    assert vus == 6


def test_la_page_de_l_agent_coute_autant_a_une_exception_qu_a_vingt(
    structure: Organisation, dla: Organisation, django_assert_max_num_queries: Any
) -> None:
    autoriser(structure, "comite")
    client, page = connecte(agent(dla)), reverse("accueillir:autorisations", args=[structure.pk])
    consignee = {"voie": VoieDAutorisation.AGENT, **PREUVE}
    comptes = []
    for nombre in (1, 20):
        for _ in range(nombre):
            soustrait = diagnostic_valide(structure, dla)
            ExceptionDAutorisation.objects.create(
                structure=structure, diagnostic=soustrait, **consignee
            )
        with django_assert_max_num_queries(12) as lues:
            client.get(page)
        comptes.append(len(lues))
    assert comptes[0] == comptes[1]
