"""Une séance où une structure est venue est une nouvelle d'elle, pour son portefeuille."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max
from django.db.models.functions import Greatest
from django.utils import timezone

from maillage.accueillir.portefeuille.nouvelles import Nouvelle
from maillage.finaliser.models import EtatPresence, Presence, Seance
from maillage.socle.agregats import agreger


def seances(operateurs: frozenset[UUID]) -> Nouvelle:
    """La dernière séance passée d'une mission de ces DLA : présente, ou reçue seule."""
    passees = {"date__lte": timezone.localdate(), "ingenierie__operateur__in": operateurs}
    venues = Presence.objects.filter(
        etat=EtatPresence.PRESENT, **{f"seance__{cle}": v for cle, v in passees.items()}
    )
    seules = Seance.objects.filter(**passees)
    return Nouvelle(
        "séance d’une mission",
        Greatest(
            agreger(venues, Max("seance__date"), par="participation__structure"),
            agreger(seules, Max("date"), par="participation__structure"),
        ),
    )
