"""Ce que l'étape dit à la page « Aujourd'hui » : besoins à coder, problématiques à confirmer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier.models import EtatProblematique, Problematique, Signal
from maillage.identifier.visibilite import mes_dla
from maillage.socle.mots import compter
from maillage.socle.taches import Colonne, Tache

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

AU_PLUS = 20


def taches(utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Deux requêtes : les besoins de mon DLA à coder, ses problématiques à confirmer."""
    miens = mes_dla(perimetre_de(utilisateur))
    if not miens:
        return []
    a_coder = Signal.objects.filter(operateur__in=miens).non_codes().count()
    a_confirmer = Problematique.objects.filter(
        operateur__in=miens, etat=EtatProblematique.A_CONFIRMER
    ).order_by("cree_le")[:AU_PLUS]
    return [*_a_coder(a_coder), *(_a_confirmer(p) for p in a_confirmer)]


def _a_coder(nombre: int) -> list[Tache]:
    if not nombre:
        return []
    return [
        Tache(
            Colonne.A_FAIRE,
            f"{compter(nombre, 'besoin')} à coder",
            f"{reverse('identifier:signaux')}?a_coder=on",
            geste="Coder",
            contexte="Sans source ni thème, un besoin ne se retrouve pas.",
        )
    ]


def _a_confirmer(problematique: Problematique) -> Tache:
    depuis = timezone.localtime(problematique.cree_le)
    return Tache(
        Colonne.A_FAIRE,
        f"Confirmer ou écarter « {problematique} »",
        problematique.get_absolute_url(),
        contexte=f"Formulée le {depuis:%d/%m/%Y}",
    )
