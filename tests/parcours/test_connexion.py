"""Entrer, et retrouver la page que l'on demandait."""

from tests.parcours.conftest import Arriver
from tests.parcours.pages import PageConnexion


def test_on_demande_une_page_on_se_connecte_on_y_arrive(arriver: Arriver) -> None:
    lea = arriver()
    lea.va("/structures/")
    lea.lit("Connectez-vous pour retrouver vos missions")
    lea.photographie("connexion")
    PageConnexion(lea).remplir("lea.morel@exemple.fr", "pas-le-bon-mot-de-passe")
    lea.lit("La connexion n’a pas abouti")
    PageConnexion(lea).remplir("lea.morel@exemple.fr")
    assert lea.onglet.url.endswith("/structures/")
    lea.lit("Théâtre du Pont Neuf")
    lea.photographie("structures")
