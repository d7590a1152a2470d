"""La fiche en Word et en PDF, et les documents dont un opérateur peut changer le gabarit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from maillage.accueillir.diagnostics.documents import DIAGNOSTIC
from maillage.capitaliser.grille import ContexteDeFiche
from maillage.confirmer.cahier.documents import CAHIER
from maillage.socle.documents.grilles import exemple
from maillage.socle.documents.presentations import Presentation

_PLEINE: ContexteDeFiche = exemple(ContexteDeFiche)
_CHIFFRES = _PLEINE.en_bref * 4
"""Une fiche a toujours ses quatre chiffres, même quand elle ne dit rien d'autre."""

FICHE = Presentation(
    code="fiche",
    nom="la fiche de présentation",
    grille=ContexteDeFiche,
    dossier=Path(__file__).parent / "gabarits",
    epreuves=(replace(_PLEINE, en_bref=_CHIFFRES), ContexteDeFiche(en_bref=_CHIFFRES)),
)

DOCUMENTS: dict[str, Presentation[Any]] = {p.code: p for p in (FICHE, CAHIER, DIAGNOSTIC)}
"""Ceux dont un opérateur peut changer le gabarit Word, par leur code."""
