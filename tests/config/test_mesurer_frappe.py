"""Ce que tapent les personnes de la mesure : des fautes d'une lettre, une frappe progressive."""

from __future__ import annotations

import random

import pytest

from maillage.annuaire.recherche.mots import a_une_faute
from maillage.config.mesurer.registre.frappe import fauter, frappes


@pytest.mark.parametrize("graine", range(30))
def test_une_faute_et_une_seule_dans_un_mot_utile(graine: int) -> None:
    texte = "les amis du theatre ancien"

    fautif = fauter(texte, random.Random(graine))  # noqa: S311 - un tirage

    changes = [(a, b) for a, b in zip(texte.split(), fautif.split(), strict=True) if a != b]
    assert len(changes) <= 1
    assert all(a_une_faute(a, b) and len(a) >= 5 for a, b in changes)


def test_sans_mot_assez_long_pas_de_faute() -> None:
    assert fauter("les uns", random.Random(1)) == "les uns"  # noqa: S311 - un tirage


def test_la_frappe_va_de_trois_lettres_au_texte_entier() -> None:
    assert frappes("theatre") == ["the", "theatr", "theatre"]
    assert frappes("le") == ["le"]
