"""Chaque adresse une fois, par la personne à qui elle montre le plus, en clair et en sombre."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

import pytest
from django.urls import reverse

from maillage.annuaire.models import ChiffresAnnuels
from maillage.annuaire.models.chiffres import RESSOURCES
from maillage.socle.quantites import Quantite
from tests.accessibilite.conftest import Examen
from tests.droits.attentes import MATRICE
from tests.droits.attentes.profils import OUI, Profil
from tests.droits.monde import ANONYME, Monde
from tests.fabriques import mission

LES_PLUS_RICHES = ("charge", "responsable", "administrateur", "prestataire", ANONYME)

# Connexion et protection du compte : les adresses d'allauth ne sont pas dans la matrice.
FERMEES = (
    "account_change_password",
    "account_email",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_list_webauthn",
)
OUVERTES = ("account_login", "account_reset_password", "account_reset_password_done")


def piece(nom: str) -> str:
    return nom.partition(":")[0] if ":" in nom else "config"


PIECES = {nom: list(routes) for nom, routes in groupby(sorted(MATRICE, key=piece), key=piece)}


def le_plus_riche(profil: Profil) -> str:
    """Qui ouvre cette page, et y voit le plus."""
    ouvrent = [qui for qui in profil if profil[qui] == OUI]
    return min(
        ouvrent, key=lambda q: LES_PLUS_RICHES.index(q) if q in LES_PLUS_RICHES else len(profil)
    )


@pytest.mark.parametrize("nom", sorted(PIECES))
def test_les_pages_d_une_piece(nom: str, monde: Monde, examen: Examen) -> None:
    for route in PIECES[nom]:
        ligne = MATRICE[route]
        if ligne.get is not None and OUI in ligne.get.values():
            compte = monde.comptes[le_plus_riche(ligne.get)]
            examen.ouvrir(compte, reverse(route, args=ligne.cles(monde)))
    examen.conclure()


def test_deux_missions_cote_a_cote_et_le_bilan_d_une_annee(monde: Monde, examen: Examen) -> None:
    """Ce que la matrice n'ouvre qu'à vide : une seconde mission en face, un bilan ventilé."""
    compte = monde.comptes["charge"]
    seconde = mission(monde.organisations["pilote"], titre="Mutualiser", secteur="sport")
    comparer = f"{reverse('capitaliser:comparer', args=[monde.mission.pk])}?avec={seconde.pk}"
    for precision in ("", "&points=1", "&ecarts=1"):
        examen.ouvrir(compte, f"{comparer}{precision}")
    for axe in ("annee", "operateur", "secteur"):
        examen.ouvrir(compte, f"{reverse('piloter:bilan')}?de=&a=&par={axe}")
    examen.ouvrir(compte, f"{reverse('piloter:bilan')}?de=1990")
    examen.conclure()


def test_la_connexion_et_le_compte(monde: Monde, examen: Examen) -> None:
    for route in OUVERTES:
        examen.ouvrir(None, reverse(route))
    for route in FERMEES:
        examen.ouvrir(monde.comptes["charge"], reverse(route))
    examen.conclure()


def test_une_recherche_qui_trouve_au_registre(monde: Monde, examen: Examen) -> None:
    """Ce que la matrice n'ouvre qu'à vide : une entrée à reprendre, les filtres dépliés."""
    chercher = f"{reverse('annuaire:chercher')}?q={monde.objets['entree'].pk}"
    for filtres in ("", "&accompagnee=non", "&de=jadis"):
        examen.ouvrir(monde.comptes["charge"], f"{chercher}{filtres}")
    examen.conclure()


def test_la_fiche_d_une_structure_et_ses_chiffres(monde: Monde, examen: Examen) -> None:
    """Graphiques, tableaux et comparaison : la matrice l'ouvre sans aucun chiffre."""
    theatre = monde.organisations["structure"]
    for annee in (2023, 2024, 2025):
        chiffres = ChiffresAnnuels(organisation=theatre, annee=annee)
        for nom in ("budget", "emplois", "etp", "cdi", *RESSOURCES):
            setattr(chiffres, nom, Quantite(Decimal(annee)))
        chiffres.save()
    examen.ouvrir(monde.comptes["charge"], f"{theatre.get_absolute_url()}?de=2023&a=2025")
    examen.conclure()
