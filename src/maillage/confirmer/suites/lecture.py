"""Ce que le parcours lit de la mission, et la mission du parcours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse

from maillage.accueillir.models import Action, Parcours
from maillage.accueillir.parcours.suites import Geste, Suite
from maillage.confirmer.models import SuiteDAction
from maillage.identifier.models import Problematique
from maillage.ingenieries.mentions import Mention, Mentions
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste as Lien

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

NOMMES = 6


def suites_de(parcours: Parcours, utilisateur: Utilisateur) -> Sequence[Suite]:
    """Les missions et les besoins partagés que cette personne voit (une requête)."""
    missions = Ingenierie.objects.visibles_par(utilisateur).values("pk")
    besoins = Problematique.objects.visibles_par(utilisateur).values("pk")
    lues = SuiteDAction.objects.filter(
        Q(ingenierie__in=missions) | Q(problematique__in=besoins), action__parcours=parcours
    )
    return [_suite(lue) for lue in lues.select_related("ingenierie", "problematique")]


def _suite(lue: SuiteDAction) -> Suite:
    cible: Any = lue.ingenierie or lue.problematique
    return Suite(
        lue.action_id, cible.titre, cible.get_absolute_url(), cible.forme, cible.get_etat_display()
    )


def ouvrir_la_mission(action: Action, suites: Sequence[Suite]) -> Sequence[Geste]:
    """« Ouvrir la mission », tant qu'elle ne l'est pas et que l'action reste à mener."""
    if suites or not action.restante:
        return ()
    return [Geste("Ouvrir la mission", reverse("confirmer:action_mission", args=[action.pk]))]


def rattacher(action: Action, suites: Sequence[Suite]) -> Sequence[Geste]:
    """« Rattacher à une mission », ou revoir à quoi elle l'est."""
    libelle = "Revoir le rattachement" if suites else "Rattacher à une mission"
    return [Geste(libelle, reverse("confirmer:action_rattacher", args=[action.pk]))]


def expressions(utilisateur: Utilisateur) -> dict[str, Any]:
    """Les parcours dont vient la mission, parmi ceux que cette personne voit."""
    visibles = Parcours.objects.visibles_par(utilisateur).values("pk")
    siens = SuiteDAction.objects.filter(
        ingenierie=OuterRef("pk"), action__parcours__in=visibles
    ).order_by("cree_le")
    ligne = JSONObject(pk="action__parcours", nom="action__parcours__structure__nom")
    return {"provenances_lues": ArraySubquery(siens.values(ligne=ligne)[:NOMMES])}


def dire(mission: Any) -> list[Mention]:
    """« Vient du parcours de : Théâtre du Pont Neuf »."""
    noms = {p["pk"]: p["nom"] for p in mission.provenances_lues or ()}
    liens = [Lien(nom, reverse("accueillir:parcours", args=[cle])) for cle, nom in noms.items()]
    return [Mention("Vient du parcours de", liens)] if liens else []


PROVENANCE = Mentions(expressions, dire)
