"""Partenaires et prestataires à portée des diagnostics de leurs missions (règle 3).

À portée seulement : ils savent qu'un diagnostic existe ; la structure dit s'ils le lisent.
"""

from __future__ import annotations

from django.db.models import Q

from maillage.annuaire.models import Organisation, Role
from maillage.annuaire.perimetre import Exercice
from maillage.confirmer.models import Offre, Participation
from maillage.engager.models import EtatPartenariat, Partenariat
from maillage.ingenieries.models import Ingenierie


def partenaire(exercice: Exercice) -> Q | None:
    """Les structures retenues dans une mission où cette organisation s'est engagée."""
    if exercice.role != Role.PARTENAIRE:
        return None
    engages = Partenariat.objects.filter(
        organisation=exercice.organisation, etat=EtatPartenariat.ENGAGE
    )
    return _structures_des_missions(Q(pk__in=engages.values("ingenierie")))


def prestataire(exercice: Exercice) -> Q | None:
    """Les structures retenues dans une mission dont ce prestataire est retenu."""
    if exercice.role != Role.PRESTATAIRE:
        return None
    retenues = Offre.objects.retenues().filter(prestataire=exercice.organisation)
    return _structures_des_missions(Q(pk__in=retenues.order_by().values("ingenierie")))


def _structures_des_missions(missions: Q) -> Q:
    """Une mission abandonnée n'apprend plus rien à personne."""
    menees = Ingenierie.objects.menees().filter(missions).order_by()
    retenues = Participation.objects.retenues().filter(ingenierie__in=menees.values("pk"))
    return Q(structure__in=retenues.order_by().values("structure"))


def possibles(structure: Organisation) -> Q:
    """Le filtre des organisations que ses missions mettent à portée de la structure."""
    missions = Ingenierie.objects.menees().filter(
        pk__in=Participation.objects.retenues()
        .filter(structure=structure)
        .order_by()
        .values("ingenierie")
    )
    siennes = missions.order_by().values("pk")
    engages = Partenariat.objects.filter(ingenierie__in=siennes, etat=EtatPartenariat.ENGAGE)
    retenues = Offre.objects.retenues().filter(ingenierie__in=siennes)
    return Q(pk__in=engages.order_by().values("organisation")) | Q(
        pk__in=retenues.order_by().values("prestataire")
    )
