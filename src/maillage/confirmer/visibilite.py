"""Les structures retenues : ce qu'elles lisent, et qui les compte."""

from __future__ import annotations

from django.db.models import Q

from maillage.annuaire.models.types import Role
from maillage.annuaire.perimetre import Perimetre
from maillage.confirmer.models import Participation
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.visibilite import Motif


def structure_retenue(perimetre: Perimetre) -> Motif | None:
    """Une structure retenue lit la mission, sans ce qui est interne au DLA."""
    siennes = [e.organisation for e in perimetre.tenus({Role.STRUCTURE})]
    if not siennes:
        return None
    retenues = Participation.objects.retenues().filter(structure__in=siennes)
    return Motif(
        Q(pk__in=retenues.values("ingenierie")), "Votre structure est retenue pour cette mission."
    )


def structures_retenues(ingenierie: Ingenierie) -> Q:
    """Le filtre, sur les organisations, de celles que la mission a retenues (budget, prorata)."""
    retenues = Participation.objects.retenues().filter(ingenierie=ingenierie)
    return Q(pk__in=retenues.values("structure"))
