"""Deux fiches réunies se séparent : ce que la structure a soustrait le reste des deux côtés."""

from __future__ import annotations

from uuid import UUID

from maillage.accueillir.models import ExceptionDAutorisation


def porter_les_exceptions(gardee: UUID, absorbee: UUID) -> None:
    """Les destinataires soustraits à la fiche gardée le sont aussi à l'autre (règle 3).

    Une exception qui nomme un diagnostic le suit déjà, où qu'il aille.
    """
    ici = ExceptionDAutorisation.objects.filter(diagnostic__isnull=True)
    deja = set(ici.filter(structure=absorbee).values_list("organisation", flat=True))
    for exception in ici.filter(structure=gardee).exclude(organisation__in=deja):
        ExceptionDAutorisation.objects.create(
            structure_id=absorbee,
            organisation_id=exception.organisation_id,
            voie=exception.voie,
            par=exception.par,
            preuve=exception.preuve,
            piece_id=exception.piece_id,
        )
