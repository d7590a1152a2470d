"""Les documents d'une structure, réunis sur sa fiche : chacun y lit ce qu'il lirait ailleurs."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from maillage.accueillir.models import Demande, Diagnostic, DossierDAutorisations, Parcours
from maillage.annuaire.models import Nature, Organisation, Role
from maillage.confirmer.models import Participation
from maillage.socle.models import Document, Utilisateur
from tests.accueillir.fabriques import autoriser, demande, diagnostic_valide
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, mission, operateur, organisation

pytestmark = pytest.mark.django_db


def joindre(objet: Any, titre: str, *, interne: bool = False) -> None:
    document = Document(
        titre=titre,
        taille=1,
        empreinte="0",
        type_mime="text/plain",
        sujet_type=objet._meta.label_lower,
        sujet_id=objet.pk,
        interne=interne,
    )
    document.fichier.save(f"{document.pk}.txt", ContentFile(b"x"))


def lus(compte: Utilisateur, structure: Organisation) -> set[str]:
    client = connecte(compte)
    page = client.get(structure.get_absolute_url()).content.decode()
    return {d.titre for d in Document.objects.all() if f">{d.titre}<" in page}


@pytest.fixture
def structure(dla: Organisation) -> Organisation:
    """Une structure et un document, plus un interne, sous chacun de ses sujets."""
    structure = organisation(commune=commune(dans=departement()), operateur=dla)
    dossier = mission(dla)
    Participation.objects.create(
        ingenierie=dossier, structure=structure, palier="retenue", atteint="retenue"
    )
    sujets = {
        "fiche": structure,
        "demande": demande(structure, dla),
        "diagnostic": diagnostic_valide(structure, dla),
        "parcours": Parcours.objects.create(structure=structure, operateur=dla),
        "mission": dossier,
    }
    for nom, sujet in sujets.items():
        joindre(sujet, nom)
        joindre(sujet, f"{nom} interne", interne=True)
    joindre(DossierDAutorisations.objects.get(pk=structure.pk), "charte")
    autre = organisation(operateur=dla)
    joindre(diagnostic_valide(autre, dla), "d’une autre")
    return structure


PARTAGES = {"fiche", "demande", "diagnostic", "parcours", "mission", "charte"}
INTERNES = {f"{nom} interne" for nom in ("fiche", "demande", "diagnostic", "parcours")}


def test_l_equipe_qui_mene_lit_tout_sauf_l_interne_de_la_mission(
    dla: Organisation, structure: Organisation
) -> None:
    assert lus(agent(dla), structure) == PARTAGES | INTERNES


def test_la_structure_lit_ce_qui_lui_est_partage(structure: Organisation) -> None:
    assert lus(agent(structure, Role.STRUCTURE), structure) == PARTAGES


def test_un_tiers_ne_lit_ni_diagnostic_ni_preuve_meme_autorise(
    dla: Organisation, structure: Organisation
) -> None:
    """Un diagnostic ouvert se lit par sa page, où la lecture s'inscrit (règle 3)."""
    autoriser(structure, "dla_regional")
    region = organisation(Nature.DLA_REGIONAL, territoires=[departement()])
    vus = lus(agent(region, Role.DLA_REGIONAL), structure)
    assert "fiche" in vus
    assert not vus & {"diagnostic", "diagnostic interne", "demande", "parcours", "charte"}
    voisin = lus(agent(operateur("DLA voisin", departement())), structure)
    assert not voisin - {"fiche", "fiche interne", "mission"}


def test_la_fiche_coute_autant_a_un_document_qu_a_cent(
    dla: Organisation, structure: Organisation, django_assert_max_num_queries: Any
) -> None:
    client, comptes = Client(), []
    client.force_login(agent(dla))
    for nombre in (0, 30):
        for rang in range(nombre):
            for modele in (Demande, Diagnostic, Parcours):
                joindre(modele.objects.filter(structure=structure).get(), f"d{rang}")
        with django_assert_max_num_queries(12) as faites:
            client.get(structure.get_absolute_url())
        comptes.append(len(faites))
    assert comptes[0] == comptes[1]
