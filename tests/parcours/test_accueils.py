"""Chacun arrive chez soi : ce que son rôle lui ouvre s'ouvre, et rien d'autre ne lui est montré."""

import pytest
from pytest_django.live_server_helper import LiveServer

from maillage.socle.models import Utilisateur
from tests.comptes import avec_second_facteur, ouvrir_une_session
from tests.parcours.conftest import Arriver
from tests.parcours.personne import Personne

# La page que le guide de chaque rôle montre, après son accueil.
COMPTES = {
    "lea.morel": "/structures/",
    "karim.bensaid": "/missions/",
    "ines.perrot": "/besoins/",
    "odile.ravier": "/besoins/problematiques/",
    "samir.cochet": "/structures/",
    "helene.vasseur": "/bibliotheque/",
    "marc.tissot": "/comites/",
    "agnes.roland": "/missions/",
    "yann.delmas": "/consultations/",
    "nadia.fournier": "/structures/",
    "bruno.chapuis": "/bibliotheque/",
    "aline.garnier": "/annuaire/",
}
MONTREES = ("marc.tissot", "nadia.fournier", "aline.garnier")


@pytest.mark.parametrize("nom", COMPTES)
def test_accueil(nom: str, arriver: Arriver, live_server: LiveServer) -> None:
    personne = arriver()
    compte = Utilisateur.objects.get(courriel=f"{nom}@exemple.fr")
    if compte.is_staff:
        avec_second_facteur(compte)
    ouvrir_une_session(personne.onglet, compte, live_server.url)

    personne.va("/")
    personne.lit("Aujourd’hui", "À faire", "Cette semaine", "Ça bouge")
    personne.photographie("accueil")
    for adresse in [*liens(personne), COMPTES[nom]]:
        statut, _ = personne.obtient(adresse)
        assert statut == 200, f"{nom} : {adresse} répond {statut}"
    personne.va(COMPTES[nom])
    personne.photographie(f"page-de-{nom.partition('.')[0]}", choisie=nom in MONTREES)


def liens(personne: Personne) -> list[str]:
    """La navigation, le bandeau et les gestes de l'accueil."""
    cadres = "nav.rail a, .bandeau a, main a[href^='/']"
    trouves = personne.onglet.locator(cadres).evaluate_all(
        "liens => liens.map((lien) => lien.getAttribute('href'))"
    )
    return sorted({lien for lien in trouves if lien.startswith("/")})
