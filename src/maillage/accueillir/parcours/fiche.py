"""Ce que la fiche d'une structure dit de ses parcours, et le geste qui en ouvre un."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse

from maillage.accueillir.models import EtatAction, Parcours
from maillage.accueillir.parcours.droits import peut_ouvrir
from maillage.annuaire.models import Organisation
from maillage.annuaire.slots import Accompagnement, Geste
from maillage.socle.mots import compter

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def parcours_de(structure: Organisation, utilisateur: Utilisateur) -> Sequence[Accompagnement]:
    """Les parcours de cette structure que la personne voit (une requête)."""
    faites = Count("actions", filter=Q(actions__etat=EtatAction.FAITE))
    visibles = Parcours.objects.visibles_par(utilisateur).filter(structure=structure)
    return [
        Accompagnement(
            titre="Parcours d’accompagnement",
            url=p.get_absolute_url(),
            phrase=f"{p.operateur.nom}, "
            f"{compter(p.faites, 'action menée', 'actions menées')} à terme",
            annee=p.ouvert_le.year,
            etat=p.forme,
            mot=p.get_etat_display(),
        )
        for p in visibles.select_related("operateur").annotate(faites=faites)
    ]


def accompagnees(utilisateur: Utilisateur) -> Q:
    """Les structures dont la personne voit un parcours."""
    visibles = Parcours.objects.visibles_par(utilisateur)
    return Q(pk__in=visibles.order_by().values("structure"))


def ouvrir(structure: Organisation, utilisateur: Utilisateur) -> Geste | None:
    """« Ouvrir un parcours », pour qui le peut."""
    if not peut_ouvrir(utilisateur, structure):
        return None
    adresse = reverse("accueillir:parcours_ouvrir", args=[structure.pk])
    return Geste("Ouvrir un parcours", adresse)
