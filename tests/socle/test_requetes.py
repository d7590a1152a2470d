"""Ce qu'une vue lit hors d'un formulaire : l'abîmé et l'inventé ne désignent rien."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import RequestFactory

from maillage.socle.requetes import lire_cle, lire_cles, lire_texte, page_d_ici


def test_une_cle_se_lit_ou_ne_designe_rien() -> None:
    une, autre = uuid4(), uuid4()
    assert lire_cle(str(une)) == une
    assert lire_cles([str(autre), "", "x", "\x00", str(une)]) == [autre, une]


def test_un_texte_perd_ses_octets_nuls_et_se_borne() -> None:
    assert lire_texte(" du\x00 blé \x00", 100) == "du blé"
    assert lire_texte("abcdef", 3) == "abc"


@pytest.mark.parametrize(
    ("demandee", "rendue"),
    [
        ("/missions/?q=a", "/missions/?q=a"),
        ("https://testserver/missions/", "https://testserver/missions/"),
        ("http://testserver/missions/", ""),
        ("https://ailleurs.exemple/", ""),
        ("//ailleurs.exemple/", ""),
        ("javascript:alert(1)", ""),
        ("missions", ""),
        ("", ""),
    ],
)
def test_on_ne_revient_qu_a_une_page_d_ici(demandee: str, rendue: str) -> None:
    requete = RequestFactory().post("/", {"suite": demandee}, secure=True)
    assert page_d_ici(requete, "suite") == rendue
