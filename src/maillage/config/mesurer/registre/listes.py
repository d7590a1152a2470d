"""Les listes et l'export au volume national : 100 000 structures et 300 000 besoins.

L'export est demandé par ses adresses, comme à l'écran, dans un processus neuf, par une région (un
dixième du pays) et par tout le pays : sa mémoire ne doit pas suivre ses lignes.
"""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from maillage.annuaire.models import Organisation
from maillage.config.mesurer.chiffres import Chiffre
from maillage.config.mesurer.memoire import pointe_d_une_page
from maillage.config.mesurer.pages import PLAFOND, REQUETES, VIDE
from maillage.config.mesurer.pages import mesurer as mesurer_pages
from maillage.config.mesurer.personnes import partout, personnes
from maillage.identifier.models import Signal
from maillage.socle.models import Utilisateur

NATIONAL = 2_000_000
PAGES = (
    ("structures", "annuaire:structures", ""),
    ("structures cherchées", "annuaire:structures", "?q=mecenat"),
    ("structures d’un département", "annuaire:structures", "?territoire=Doubs"),
    ("besoins", "identifier:signaux", ""),
    ("besoins cherchés", "identifier:signaux", "?q=mecenat"),
)
PARTAGES = ("besoins partagés", "identifier:partages", "")
LISTES = (
    *((qui, page) for qui in ("chargée", "pays") for page in PAGES),
    *((qui, PARTAGES) for qui in ("région", "pays")),
)
"""Qui ouvre quoi : (titre, route, ce qu'elle demande)."""
PLATE = 1.1
"""Dix fois plus de lignes ne prennent pas un dixième de mémoire de plus."""


def mesurer(lignes: int) -> dict[str, Chiffre]:
    """Rapports à la page vide et requêtes de chaque liste ; mémoire des exports (Mo)."""
    tous = personnes(min(1.0, lignes / NATIONAL))
    comptes = {"chargée": tous["chargée"], "région": tous["région"], "pays": partout()}
    clients = {qui: Client() for qui in comptes}
    for qui, client in clients.items():
        client.force_login(comptes[qui])
    return {
        "structures posées": Chiffre(Organisation.objects.structures().count()),
        "besoins posés": Chiffre(Signal.objects.count()),
        **_pages(clients),
        **_exports(comptes),
    }


def _pages(clients: dict[str, Client]) -> dict[str, Chiffre]:
    chiffres = {}
    for qui, (titre, nom, etat) in LISTES:
        (mesure,) = mesurer_pages(clients, [(qui, f"{reverse(nom)}{etat}")], vide=VIDE)
        dite = f"{titre}, {qui}"
        chiffres[f"{dite} : temps"] = Chiffre(
            round(mesure.rapport, 1), "fois la page vide", au_plus=PLAFOND
        )
        chiffres[f"{dite} : requêtes"] = Chiffre(mesure.requetes, au_plus=REQUETES)
    return chiffres


def _exports(comptes: dict[str, Utilisateur]) -> dict[str, Chiffre]:
    chiffres = {}
    for forme in ("xlsx", "csv"):
        adresse = f"{reverse('annuaire:structures')}?export={forme}"
        pointes = {}
        for qui in ("région", "pays"):
            visibles = Organisation.objects.visibles_par(comptes[qui]).en_service().structures()
            pointes[qui] = pointe_d_une_page(comptes[qui].pk, adresse)
            nom = f"export {forme}, {qui} : mémoire"
            chiffres[nom] = Chiffre(round(pointes[qui], 1), f"Mo pour {visibles.count()} lignes")
        rapport = pointes["pays"] / pointes["région"]
        chiffres[f"export {forme} : mémoire du pays sur celle de la région"] = Chiffre(
            round(rapport, 2), "fois", au_plus=PLATE
        )
    return chiffres
