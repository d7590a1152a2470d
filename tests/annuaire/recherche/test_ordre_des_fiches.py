"""Les fiches qui portent un mot se lisent dans l'ordre de leur nom, par un index."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.annuaire.models import Organisation
from tests.annuaire.conftest import Lieux
from tests.fabriques import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def clubs(lieux: Lieux) -> list[Organisation]:
    noms = ("Zèbre club", "Club Âne", "Mule")
    return [organisation(nom=nom, commune=lieux["25056"]) for nom in noms]


def _noms(client_du_dla: Client, etat: str) -> list[str]:
    page = client_du_dla.get(f"{reverse('annuaire:structures')}{etat}").content.decode()
    return re.findall(r"Zèbre club|Club Âne|Mule", page)


@pytest.mark.parametrize("etat", ["?q=club", "?q=club&tri=nom"])
def test_ce_que_l_on_cherche_se_range_par_nom(
    client_du_dla: Client, clubs: list[Organisation], etat: str
) -> None:
    assert list(dict.fromkeys(_noms(client_du_dla, etat))) == ["Club Âne", "Zèbre club"]


def test_l_ordre_s_inverse(client_du_dla: Client, clubs: list[Organisation]) -> None:
    noms = _noms(client_du_dla, "?q=club&tri=-nom")
    assert list(dict.fromkeys(noms)) == ["Zèbre club", "Club Âne"]


def test_un_nom_corrige_change_de_rang_sans_changer_de_mots(
    client_du_dla: Client, clubs: list[Organisation]
) -> None:
    """« Âne club » a les mêmes mots que « Club Âne », et pas le même rang."""
    zebre, ane, _ = clubs
    Organisation.objects.filter(pk=zebre.pk).update(nom="Âne club", nom_normalise="ane club")
    ane.refresh_from_db()
    page = client_du_dla.get(f"{reverse('annuaire:structures')}?q=club").content.decode()
    assert 0 < page.index("Âne club") < page.index("Club Âne")


def test_d_un_mot_frequent_on_suit_l_index_des_noms(
    client_du_dla: Client, clubs: list[Organisation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL peut s'arrêter à la page pleine, sans trier ni quitter la table des mots."""
    monkeypatch.setattr("maillage.socle.listes.COMPTEES", 1)
    with CaptureQueriesContext(connection) as captees:
        client_du_dla.get(f"{reverse('annuaire:structures')}?q=club")
    (lecture,) = (q["sql"] for q in captees if "ORDER BY" in q["sql"] and "tsquery" in q["sql"])
    with connection.cursor() as curseur:
        for geste in ("sort", "incremental_sort"):
            curseur.execute(f"SET LOCAL enable_{geste} = off")
        curseur.execute(f"EXPLAIN {lecture}")
        plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
    assert "organisation_mots_nom" in plan
    assert "Sort" not in plan


def test_d_un_mot_rare_on_trie_les_fiches_trouvees(
    client_du_dla: Client, clubs: list[Organisation]
) -> None:
    """Par la table des mots, on trierait tous ceux qui le portent, ceux d'ailleurs compris."""
    with CaptureQueriesContext(connection) as captees:
        client_du_dla.get(f"{reverse('annuaire:structures')}?q=club")
    (lecture,) = (q["sql"] for q in captees if "ORDER BY" in q["sql"] and "tsquery" in q["sql"])
    assert '"annuaire_motsdorganisation"."nom_normalise"' not in lecture
