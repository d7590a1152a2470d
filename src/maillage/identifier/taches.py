"""Ce que l'étape dit à « Aujourd'hui » : à coder, à confirmer, orientations à dire."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Window
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.models import Organisation
from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier.models import EtatProblematique, Problematique, Signal
from maillage.identifier.visibilite import mes_dla
from maillage.socle.lots import Lots, Lus
from maillage.socle.mots import compter
from maillage.socle.taches import Colonne, Tache

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

AU_PLUS = 20


def lots(utilisateur: Utilisateur, _aujourdhui: date) -> Lots:
    """À coder, à confirmer, à dire aux structures que mon DLA a orientées."""
    miens = mes_dla(perimetre_de(utilisateur))
    if not miens:
        return {}
    a_coder = Signal.objects.a_coder_par(miens).order_by().only("pk")
    a_confirmer = Problematique.objects.filter(
        operateur__in=miens, etat=EtatProblematique.A_CONFIRMER
    ).order_by("cree_le")
    a_rendre = (
        Problematique.objects.filter(
            operateur__in=miens,
            orientations__rendue_le=None,
            orientations__structure__in=Organisation.objects.visibles_par(utilisateur),
        )
        .annotate(nombre=Count("orientations", distinct=True))
        .order_by("cree_le")
    )
    return {
        "a_coder": a_coder.annotate(nombre=Window(Count("pk")))[:1],
        "a_confirmer": a_confirmer.only("titre", "cree_le")[:AU_PLUS],
        "a_rendre": a_rendre.only("titre")[:AU_PLUS],
    }


def dire(lus: Lus, _utilisateur: Utilisateur, _aujourdhui: date) -> list[Tache]:
    """Ce qui reste à coder d'abord."""
    return [
        *_a_coder(lus.get("a_coder", [])),
        *map(_a_confirmer, lus.get("a_confirmer", ())),
        *map(_a_rendre, lus.get("a_rendre", ())),
    ]


def _a_coder(comptes: list[Any]) -> list[Tache]:
    """La ligne qui dit combien il en reste ; rien si tout est codé."""
    return [
        Tache(
            Colonne.A_FAIRE,
            f"{compter(compte.nombre, 'besoin')} à coder",
            reverse("identifier:a_coder"),
            geste="Coder",
            contexte="Sans source ni thème, un besoin ne se retrouve pas.",
        )
        for compte in comptes
    ]


def _a_confirmer(problematique: Problematique) -> Tache:
    depuis = timezone.localtime(problematique.cree_le)
    return Tache(
        Colonne.A_FAIRE,
        f"Confirmer ou écarter « {problematique} »",
        problematique.get_absolute_url(),
        contexte=f"Formulée le {depuis:%d/%m/%Y}",
    )


def _a_rendre(problematique: Any) -> Tache:
    """Les structures orientées qui ne le savent pas encore, sans les nommer."""
    return Tache(
        Colonne.A_FAIRE,
        f"{compter(problematique.nombre, 'orientation')} à dire",
        f"{problematique.get_absolute_url()}#orientations",
        contexte=str(problematique),
    )
