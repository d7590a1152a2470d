"""Ce que la fiche d'une structure dit de ses missions, et lesquelles en ont une."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from maillage.annuaire.models import Organisation
from maillage.annuaire.slots import Accompagnement, LotDeDocuments
from maillage.confirmer.models import Participation
from maillage.ingenieries.models import Ingenierie

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def missions_de(structure: Organisation, utilisateur: Utilisateur) -> Sequence[Accompagnement]:
    """Les missions où cette structure est dans l'entonnoir, parmi celles que la personne voit."""
    visibles = Ingenierie.objects.visibles_par(utilisateur).values("pk")
    participations = (
        Participation.objects.filter(structure=structure, ingenierie__in=visibles)
        .select_related("ingenierie")
        .order_by("-ingenierie__annee", "ingenierie__titre")
    )
    return [
        Accompagnement(
            titre=p.ingenierie.titre,
            url=p.ingenierie.get_absolute_url(),
            phrase=f"Structure {p.get_palier_display()}",
            annee=p.ingenierie.annee,
            etat=p.ingenierie.forme,
            mot=p.ingenierie.get_etat_display(),
        )
        for p in participations
    ]


def documents_de(structure: Organisation, utilisateur: Utilisateur) -> list[LotDeDocuments]:
    """Ceux des missions où elle est retenue, sans l'interne du dossier."""
    retenues = Participation.objects.retenues().filter(structure=structure)
    missions = Ingenierie.objects.visibles_par(utilisateur)
    siennes = missions.filter(pk__in=retenues.order_by().values("ingenierie"))
    return [LotDeDocuments("d’une mission", siennes, Ingenierie.objects.none())]


def accompagnees(utilisateur: Utilisateur) -> Q:
    """Les structures retenues dans une mission que la personne voit."""
    visibles = Ingenierie.objects.visibles_par(utilisateur).values("pk")
    retenues = Participation.objects.retenues().filter(ingenierie__in=visibles)
    return Q(pk__in=retenues.values("structure"))
