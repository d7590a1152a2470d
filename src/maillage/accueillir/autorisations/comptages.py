"""Compter sans nommer : ce que disent les diagnostics, par thème de besoin (règle 3).

Une statistique n'a pas besoin d'autorisation parce qu'elle ne dit rien d'une structure : sous le
seuil, une case ne se montre pas. Le périmètre compté est fixé par les rôles, sans filtre : deux
comptes voisins que l'on soustrait l'un de l'autre en désigneraient une.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from maillage import methode
from maillage.accueillir.autorisations.visibilite import filtre_des_comptes
from maillage.accueillir.models import Besoin, Diagnostic, EtatDiagnostic
from maillage.socle.mots import compter

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

SEUIL = 3
"""Pas moins de trois structures dans une case."""


@dataclass(frozen=True, slots=True)
class Case:
    """Un thème et le nombre de structures qui l'ont dit ; None sous le seuil."""

    theme: str
    structures: int | None

    @property
    def mot(self) -> str:
        """« 12 structures », ou « moins de 3 »."""
        return compter(self.structures, "structure") if self.structures else f"moins de {SEUIL}"


def compter_les_besoins(utilisateur: Utilisateur) -> list[Case]:
    """Les thèmes des diagnostics validés de son périmètre, le plus dit d'abord ; une requête.

    Les cases sous le seuil suivent, par leur nom : leur rang ne doit rien apprendre.
    """
    valides = Diagnostic.objects.filter(
        filtre_des_comptes(utilisateur), etat=EtatDiagnostic.VALIDE
    ).order_by()
    lignes = (
        Besoin.objects.filter(diagnostic__in=valides.values("pk"), interne=False)
        .exclude(theme="")
        .order_by()
        .values("theme")
        .annotate(nombre=Count("diagnostic__structure", distinct=True))
    )
    cases = [
        Case(
            methode.libelle("themes.themes", ligne["theme"]),
            ligne["nombre"] if ligne["nombre"] >= SEUIL else None,
        )
        for ligne in lignes
    ]
    return sorted(cases, key=lambda c: (-(c.structures or 0), c.theme))
