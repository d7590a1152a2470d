"""Le cahier des charges en Word et en PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from maillage.confirmer.cahier.grille import ContexteDuCahier
from maillage.socle.documents.grilles import exemple
from maillage.socle.documents.presentations import Presentation

_PLEIN: ContexteDuCahier = exemple(ContexteDuCahier)
_CHIFFRES = _PLEIN.en_bref * 4
"""Un cahier a toujours ses quatre chiffres, même quand il ne dit rien d'autre."""

CAHIER = Presentation(
    code="cahier",
    nom="le cahier des charges",
    grille=ContexteDuCahier,
    dossier=Path(__file__).parent / "gabarits",
    epreuves=(replace(_PLEIN, en_bref=_CHIFFRES), ContexteDuCahier(en_bref=_CHIFFRES)),
)
