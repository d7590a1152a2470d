"""Le conseil sur le type d'ingénierie et les vigilances d'un groupe."""

from __future__ import annotations

from maillage import methode
from maillage.confirmer.calculs.vigilances import (
    concurrences,
    dire_les_concurrences,
    niveaux_ecartes,
)
from maillage.ingenieries.calculs.conseil import conseiller

CONSEILS = methode.ingenieries().conseils


def test_le_conseil_suit_les_objectifs_et_dit_pourquoi() -> None:
    pistes = conseiller({"partenariats", "innovation"}, CONSEILS)
    assert [p.type_ingenierie for p in pistes] == ["solution_avec", "reponse_collective"]
    assert len(pistes[0].raisons) == 2
    assert pistes[1].raisons == ()


def test_sans_objectif_aucun_conseil() -> None:
    assert conseiller(set(), CONSEILS) == ()
    assert conseiller({"territoire"}, CONSEILS) == ()


def test_des_niveaux_ecartes_se_disent() -> None:
    assert niveaux_ecartes(["découvre", "", "découvre"]) == ""
    dit = niveaux_ecartes(["découvre", "maîtrise", "découvre"])
    assert dit == "Des niveaux différents\u00a0: 2\u00a0× découvre et 1\u00a0× maîtrise."


def test_seules_les_concurrences_reunies_dans_le_groupe_comptent() -> None:
    paires = [("a", "b"), ("a", "c")]
    assert concurrences({"a", "b"}, paires) == [("a", "b")]
    dit = dire_les_concurrences([("A", "B"), ("C", "D")])
    assert dit == "2\u00a0concurrences présumées\u00a0: A et B\u00a0; C et D."
    assert dire_les_concurrences([]) == ""
