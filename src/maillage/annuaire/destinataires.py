"""À qui une pièce annonce ses événements : les comptes d’une organisation."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from maillage.annuaire.models import Rattachement, Role
from maillage.socle.models import Utilisateur


def comptes_de(organisations: Iterable[UUID], roles: Iterable[str]) -> QuerySet[Utilisateur]:
    """Les comptes actifs des personnes qui tiennent un de ces rôles dans ces organisations."""
    tenus = Rattachement.objects.actifs().filter(organisation__in=organisations, role__in=roles)
    return Utilisateur.objects.filter(
        is_active=True, personne__in=tenus.order_by().values("personne")
    )


def equipe_du(operateur: UUID) -> QuerySet[Utilisateur]:
    """Celles et ceux qui accompagnent au nom de ce DLA."""
    return comptes_de([operateur], Role.d_operateur())
