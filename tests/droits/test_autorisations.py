"""Qui lit un diagnostic : chaque destinataire × ce que la structure a dit, par ses adresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from maillage.accueillir.models import Autorisation, Diagnostic
from tests.accueillir.fabriques import PAGE, diagnostic_valide, soustraire
from tests.droits.attentes.profils import NON, OUI, RIEN
from tests.droits.monde import ANONYME, PERSONNES, Monde, creer_monde
from tests.droits.test_matrice import demander, entree_de, issue

# Chaque tiers, la catégorie qui l'ouvre, et l'organisation au nom de laquelle il lit.
TIERS = {
    "comite": ("comite", "pilote"),
    "regional": ("dla_regional", "regional"),
    "ressources": ("centre_ressources", "ressources"),
    "partenaire": ("partenaire", "partenaire"),
    "prestataire": ("prestataire", "prestataire"),
}
MAISON = ("charge", "responsable", "structure")
DITS = ("rien", "refuse", "accorde", "document", "destinataire", "les_deux", "categorie", "autre")


@pytest.fixture(scope="module")
def monde(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Monde]:
    """Le monde de la matrice ; le prestataire y est retenu, un diagnostic validé."""
    with django_db_blocker.unblock(), transaction.atomic():
        monde = creer_monde()
        type(monde.objets["offre"]).objects.update(decision="retenue")
        orgs = monde.organisations
        monde.objets["valide"] = diagnostic_valide(orgs["structure"], orgs["pilote"])
        yield monde
        transaction.set_rollback(True)


def dire(monde: Monde, dit: str, qui: str) -> None:
    """Ce que la structure a dit pour ce tiers."""
    structure, diagnostic = monde.organisations["structure"], monde.objets["valide"]
    categorie, organisation = TIERS[qui]
    lui = {"organisation": monde.organisations[organisation]}
    if dit != "rien":
        accordee = dit != "refuse"
        communs = {"structure": structure, "accordee": accordee, **PAGE}
        Autorisation.objects.create(categorie=categorie, **communs)
    exceptions: dict[str, dict[str, Any]] = {
        "document": {"diagnostic": diagnostic},
        "destinataire": lui,
        "les_deux": {"diagnostic": diagnostic} | lui,
        "categorie": {"diagnostic": diagnostic, "categorie": categorie},
        "autre": {"organisation": monde.organisations["ailleurs"]},
    }
    if dit in exceptions:
        soustraire(structure, **exceptions[dit])


@pytest.mark.django_db
@pytest.mark.parametrize("dit", DITS)
@pytest.mark.parametrize("qui", TIERS)
def test_un_tiers_ne_lit_que_ce_qui_lui_est_ouvert(qui: str, dit: str, monde: Monde) -> None:
    diagnostic: Diagnostic = monde.objets["valide"]
    attendu = OUI if dit in ("accorde", "autre") else NON
    with transaction.atomic():
        dire(monde, dit, qui)
        entree = entree_de(monde.comptes[qui])
        for nom, methode in (("diagnostic", "get"), ("diagnostic_word", "get"), ("lire", "post")):
            adresse = reverse(f"accueillir:{nom}", args=[diagnostic.pk])
            assert issue(demander(methode, adresse, entree)) == attendu, nom
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_pour_tous_les_autres_il_n_existe_pas(monde: Monde) -> None:
    """Même tout ouvert : un autre DLA, un autre territoire, un rôle éteint, l'administration."""
    diagnostic: Diagnostic = monde.objets["valide"]
    with transaction.atomic():
        for categorie in {c for c, _ in TIERS.values()}:
            Autorisation.objects.create(
                structure=monde.organisations["structure"],
                categorie=categorie,
                accordee=True,
                **PAGE,
            )
        adresse = reverse("accueillir:diagnostic", args=[diagnostic.pk])
        obtenus = {
            qui: issue(demander("get", adresse, entree_de(monde.comptes[qui])))
            for qui in PERSONNES
            if qui != ANONYME
        }
        transaction.set_rollback(True)
    attendus = dict.fromkeys((*MAISON, *TIERS), OUI)
    assert obtenus == {qui: attendus.get(qui, RIEN) for qui in obtenus}
