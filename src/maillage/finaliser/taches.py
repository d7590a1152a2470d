"""Ce que l'étape « finaliser » dit à la page « Aujourd'hui »."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from maillage.annuaire.perimetre import perimetre_de
from maillage.finaliser.editions import RESULTAT
from maillage.finaliser.models import Presence, Resultat, Seance
from maillage.ingenieries.models import Ingenierie
from maillage.socle.agregats import agreger
from maillage.socle.lots import Lots, Lus
from maillage.socle.models import Utilisateur
from maillage.socle.taches import Colonne, Tache

QUATRE_MOIS = timedelta(days=122)
DEUX_ANS = timedelta(days=730)
MAXIMUM = 20


def lots(utilisateur: Utilisateur, aujourdhui: date) -> Lots:
    """Les séances de la semaine, les présences à noter, les résultats à recueillir."""
    operateurs = perimetre_de(utilisateur).operateurs
    if not operateurs:
        return {}
    return {
        "seances": _seances(operateurs, aujourdhui),
        "missions": _sans_resultat(operateurs, aujourdhui),
    }


def dire(lus: Lus, _utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Les séances, puis les résultats."""
    return [
        *(_seance(seance, aujourdhui) for seance in lus.get("seances", ())),
        *(_resultat_a_recueillir(mission) for mission in lus.get("missions", ())),
    ]


def _seances(operateurs: Iterable[UUID], aujourdhui: date) -> QuerySet[Seance]:
    """Celles de la semaine, et les passées dont les présences manquent."""
    dimanche = aujourdhui + timedelta(days=6 - aujourdhui.weekday())
    sans_presence = Q(presents_valeur__isnull=True) & ~Exists(
        Presence.objects.filter(seance=OuterRef("pk"))
    )
    return (
        Seance.objects.filter(ingenierie__in=Ingenierie.objects.ouvertes().pilotees_par(operateurs))
        .filter(
            Q(date__gte=aujourdhui, date__lte=dimanche) | (Q(date__lt=aujourdhui) & sans_presence)
        )
        .annotate(mission=F("ingenierie__titre"))
        .order_by("-date", "pk")[:MAXIMUM]
    )


def _seance(seance: Any, aujourdhui: date) -> Tache:
    titre, contexte = seance.titre, seance.mission
    if seance.date and seance.date < aujourdhui:
        return Tache(
            Colonne.A_FAIRE,
            f"Présences à noter : {titre}, le {date_format(seance.date, 'j F')}",
            reverse("finaliser:presences", args=[seance.ingenierie_id]),
            geste="Noter",
            contexte=contexte,
            echeance=seance.date,
        )
    return Tache(
        Colonne.CETTE_SEMAINE,
        titre,
        reverse("ingenieries:demarche", args=[seance.ingenierie_id, "finaliser.realiser"]),
        contexte=contexte,
        echeance=seance.date,
    )


def _sans_resultat(operateurs: Iterable[UUID], aujourdhui: date) -> QuerySet[Ingenierie]:
    """Quatre mois après la dernière séance, si rien n'a été constaté depuis."""
    constates = Resultat.objects.filter(
        Q(constate_le__gt=OuterRef("derniere")) | Q(delai_valeur__gt=0), ingenierie=OuterRef("pk")
    )
    return (
        Ingenierie.objects.ouvertes()
        .pilotees_par(operateurs)
        .annotate(derniere=agreger(Seance.objects.all(), Max("date")))
        .filter(derniere__lte=aujourdhui - QUATRE_MOIS, derniere__gte=aujourdhui - DEUX_ANS)
        .filter(~Exists(constates))
        .only("titre")
        .order_by("derniere", "pk")[:MAXIMUM]
    )


def _resultat_a_recueillir(mission: Any) -> Tache:
    return Tache(
        Colonne.A_FAIRE,
        "Résultats à recueillir, quatre mois après la dernière séance",
        RESULTAT.url("ajouter", mission.pk),
        geste="Noter un résultat",
        contexte=mission.titre,
        echeance=mission.derniere + QUATRE_MOIS,
    )
