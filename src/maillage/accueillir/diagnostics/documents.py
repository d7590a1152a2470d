"""Le diagnostic partagé en Word et en PDF."""

from __future__ import annotations

from pathlib import Path

from maillage.accueillir.diagnostics.grille import ContexteDuDiagnostic
from maillage.socle.documents.presentations import Presentation

DIAGNOSTIC = Presentation(
    code="diagnostic",
    nom="le diagnostic partagé",
    grille=ContexteDuDiagnostic,
    dossier=Path(__file__).parent / "gabarits",
)
