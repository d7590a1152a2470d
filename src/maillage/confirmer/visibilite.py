"""Ce qui ouvre une mission à une structure : en être bénéficiaire."""

from __future__ import annotations

from django.db.models import Q

from maillage.annuaire.models.types import Role
from maillage.annuaire.perimetre import Perimetre
from maillage.ingenieries.visibilite import Motif


def structure_retenue(perimetre: Perimetre) -> Motif | None:
    """Une structure retenue lit la mission, sans ce qui est interne au DLA."""
    from maillage.confirmer.models import Participation

    siennes = [e.organisation for e in perimetre.tenus({Role.STRUCTURE})]
    if not siennes:
        return None
    retenues = Participation.objects.retenues().filter(structure__in=siennes)
    return Motif(
        Q(pk__in=retenues.values("ingenierie")), "Votre structure est retenue pour cette mission."
    )
