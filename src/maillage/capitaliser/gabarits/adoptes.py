"""Le gabarit Word qu'un opérateur a adopté, pour qui compose un document."""

from __future__ import annotations

from uuid import UUID

from maillage.capitaliser.models import GabaritWord
from maillage.socle.documents.presentations import GabaritAdopte


def gabarit_adopte(document: str, operateur: UUID) -> GabaritAdopte | None:
    """Celui de cet opérateur pour ce document (une requête)."""
    adopte = GabaritWord.objects.filter(operateur=operateur, document=document).first()
    return GabaritAdopte(adopte.nom, bytes(adopte.contenu)) if adopte else None
