"""Le serveur est tué entre deux clics, puis au milieu d'un enregistrement."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from playwright.sync_api import Browser

from maillage.socle.models import Utilisateur
from tests.comptes import ouvrir_une_session
from tests.navigateur import onglet_garde
from tests.parcours.album import Album
from tests.parcours.monde import peupler
from tests.parcours.pages import PageFormulaire
from tests.parcours.personne import Personne
from tests.parcours.serveur import ServeurReel

pytestmark = pytest.mark.django_db(transaction=True)

TITRE = "Partenariats associations-entreprises"
JOURNAL = "socle_acte"


@contextmanager
def ecriture_suspendue() -> Iterator[None]:
    """Tient le journal fermé : une opération s'arrête au milieu de sa transaction."""
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(f"LOCK TABLE {JOURNAL} IN ACCESS EXCLUSIVE MODE")
        yield


def attendre_l_operation() -> None:
    """Une autre connexion attend le journal : elle a déjà écrit le reste, sans le valider."""
    for _ in range(200):
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass",
                [JOURNAL],
            )
            if curseur.fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail("l'opération n'a pas commencé")


def test_serveur_tue_rien_de_perdu_rien_d_a_moitie_ecrit(navigateur: Browser) -> None:
    peupler()
    lea_morel = Utilisateur.objects.get(courriel="lea.morel@exemple.fr")
    with ServeurReel() as serveur, onglet_garde(navigateur, serveur.adresse) as (onglet, garde):
        ouvrir_une_session(onglet, lea_morel, serveur.adresse)
        lea = Personne(onglet, garde, Album("serveur_tue"))

        lea.va("/missions/ouvrir/")
        lea.remplit({"Titre": TITRE, "Année": 2010})
        serveur.tuer()
        serveur.lancer()
        lea.remplit({"Accroche": "Rencontrer une entreprise, vraiment."})

        bouton = lea.contenu.get_by_role("button", name="Ouvrir la mission")
        with ecriture_suspendue():
            bouton.click(no_wait_after=True)
            attendre_l_operation()
            serveur.tuer()
        serveur.lancer()

        lea.va("/missions/")
        lea.lit("Aucune mission dans votre périmètre")
        lea.va("/missions/ouvrir/")
        lea.contenu.get_by_role("button", name="Reprendre le brouillon").click()
        assert lea.lit_le_champ("Titre") == TITRE
        assert lea.lit_le_champ("Accroche") == "Rencontrer une entreprise, vraiment."
        assert PageFormulaire(lea).enregistrer("Ouvrir la mission", {}) == 200
        lea.lit(TITRE, "a ouvert la mission")
        lea.va("/missions/")
        assert lea.contenu.get_by_role("link", name=TITRE).count() == 1
