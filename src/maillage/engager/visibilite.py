"""Qui d'autre voit une mission : ses partenaires, et le comité d'appui dont l'avis est demandé."""

from __future__ import annotations

from django.db.models import Q

from maillage.annuaire.models import Role
from maillage.annuaire.perimetre import Perimetre
from maillage.engager.models import Avis, EtatPartenariat, Mode, Partenariat
from maillage.ingenieries.visibilite import Motif


def partenaire(perimetre: Perimetre) -> Motif | None:
    """Une organisation sollicitée ou engagée lit la mission, sans rien d'interne."""
    if not perimetre.organisations:
        return None
    associes = Partenariat.objects.filter(
        organisation__in=perimetre.organisations, etat__in=EtatPartenariat.associes()
    )
    return Motif(Q(pk__in=associes.values("ingenierie")), "Votre organisation en est partenaire.")


def comite(perimetre: Perimetre) -> Motif | None:
    """Le membre d'un comité d'appui lit les missions soumises à l'avis de ce comité."""
    exercices = perimetre.tenus({Role.MEMBRE_COMITE})
    if not exercices:
        return None
    soumises = Avis.objects.filter(operateur__in=[e.organisation for e in exercices]).exclude(
        mode=Mode.ABSENT
    )
    return Motif(
        Q(pk__in=soumises.values("ingenierie")),
        "Vous êtes membre du comité d’appui à qui son avis est demandé.",
        instruit=True,
    )
