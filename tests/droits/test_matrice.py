"""Route × méthode × rôle × relation à l'objet, sur de vrais objets."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker

from maillage.socle.models import Utilisateur
from tests.droits.attentes import MATRICE
from tests.droits.attentes.profils import ENTRER, NON, OUI, OUVERTE, RIEN, Profil
from tests.droits.monde import ANONYME, Monde, creer_monde

# Les adresses d'allauth sont éprouvées par tests/config (connexion, second facteur).
BIBLIOTHEQUES = ("account_", "mfa_")


def routes(prefixe: str = "", resolveur: URLResolver | None = None) -> Iterator[str]:
    """Les noms de toutes les adresses de l'instance, espaces de noms compris."""
    for motif in (resolveur or get_resolver()).url_patterns:
        if isinstance(motif, URLResolver):
            espace = f"{prefixe}{motif.namespace}:" if motif.namespace else prefixe
            yield from routes(espace, motif)
        elif isinstance(motif, URLPattern):
            yield f"{prefixe}{motif.name}"


def test_chaque_adresse_a_sa_ligne() -> None:
    """Une adresse nouvelle, ou disparue, se dit dans la matrice."""
    toutes = {nom for nom in routes() if not nom.startswith(BIBLIOTHEQUES)}
    assert toutes == set(MATRICE)


@pytest.fixture(scope="module")
def monde(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Monde]:
    """Un seul monde pour toutes les lignes : chaque demande défait ce qu'elle écrit."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield creer_monde()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def entrees(monde: Monde) -> dict[str, SimpleCookie]:
    """Ce que porte le navigateur de chacun, entré une fois pour toutes les lignes."""
    return {qui: entree_de(compte) for qui, compte in monde.comptes.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("nom", sorted(MATRICE))
def test_chacun_obtient_ce_que_dit_la_matrice(
    nom: str, monde: Monde, entrees: dict[str, SimpleCookie]
) -> None:
    ligne = MATRICE[nom]
    adresse = reverse(nom, args=ligne.cles(monde))
    ecarts = [
        f"{methode} {qui} : attendu {attendu}, obtenu {obtenu}"
        for methode, profil in (("get", ligne.get), ("post", ligne.post))
        for qui, entree in entrees.items()
        if (obtenu := issue(demander(methode, adresse, entree)))
        != (attendu := _attendu(profil, qui, ouverte=ligne.get is OUVERTE))
    ]
    assert not ecarts, "\n".join([adresse, *ecarts])


def _attendu(profil: Profil | None, qui: str, *, ouverte: bool) -> str:
    """Une méthode sans profil répond 405, sauf à l'anonyme d'une page fermée."""
    if profil is not None:
        return profil[qui]
    return ENTRER if qui == ANONYME and not ouverte else "405"


def entree_de(compte: Utilisateur | None) -> SimpleCookie:
    """La session d'une personne qui vient d'entrer ; rien pour l'anonyme."""
    client = Client()
    if compte is not None:
        client.force_login(compte)
    return client.cookies


def demander(methode: str, adresse: str, entree: SimpleCookie) -> HttpResponse:
    """Fait la demande et défait tout ce qu'elle a écrit, session comprise."""
    client = Client(raise_request_exception=True)
    client.cookies = copy(entree)
    with transaction.atomic():
        reponse = getattr(client, methode)(adresse)
        if reponse.streaming:
            reponse.getvalue()  # lu jusqu'au bout, le fichier servi se referme
        transaction.set_rollback(True)
    return reponse


def issue(reponse: HttpResponse) -> str:
    """Traduit une réponse en issue de la matrice."""
    if reponse.status_code == 302 and reponse["Location"].startswith(reverse("account_login")):
        return ENTRER
    connues = {200: OUI, 204: OUI, 302: OUI, 422: OUI, 403: NON, 404: RIEN}
    return connues.get(reponse.status_code, str(reponse.status_code))
