"""Réaliser : les séances et les présences (une requête) ; les dates posées, dès le réglage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from maillage.finaliser.editions import SEANCE
from maillage.finaliser.models import EtatPresence, Seance
from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste, Panneau
from maillage.socle.mots import compter
from maillage.socle.quantites import Total

MONTREES = 12


def seances_de(ingenierie: Ingenierie) -> QuerySet[Seance]:
    """Les séances d'une mission, avec leurs présences comptées."""
    return (
        ingenierie.seances.select_related("participation__structure", "groupe")
        .annotate(
            notees=Count("presences"),
            presentes=Count("presences", filter=Q(presences__etat=EtatPresence.PRESENT)),
        )
        .order_by(F("date").asc(nulls_last=True), "cree_le", "pk")
    )


def panneaux_realiser(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """Les séances, ce qui vient, ce qui n'est pas noté."""
    aujourdhui = timezone.localdate()
    seances = list(seances_de(ingenierie))
    gestes = [Geste("Ajouter une séance", SEANCE.url("ajouter", ingenierie.pk))]
    if seances:
        presences = reverse("finaliser:presences", args=[ingenierie.pk])
        gestes.append(Geste("Noter les présences", presences))
    phrase = _raconter(seances, aujourdhui)
    a_noter = _a_noter(seances, aujourdhui)
    passees = any(_passee(s, aujourdhui) for s in seances)
    return [
        Panneau(
            code="seance",
            titre="Séances",
            vide=not seances,
            phrase=phrase,
            gabarit="finaliser/panneaux/seances.html",
            contexte={
                "seances": [
                    decrire(s, ingenierie, voit_interne=regard.voit_interne)
                    for s in seances[:MONTREES]
                ],
                "autres": max(len(seances) - MONTREES, 0),
                "liste": reverse("finaliser:seances", args=[ingenierie.pk]),
            },
            manques=_manques(seances, a_noter),
            gestes=gestes,
            faits={"presences_notees": "Les présences des séances passées sont notées."}
            if passees and not a_noter
            else {},
        )
    ]


def panneau_calendrier(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """Les dates posées, vues depuis le réglage des modalités (une requête)."""
    seances = list(ingenierie.seances.all())
    datees = [s for s in seances if s.date]
    phrase = _raconter(seances, timezone.localdate())
    return [
        Panneau(
            code="calendrier",
            titre="Calendrier",
            vide=not seances,
            phrase=phrase,
            gabarit="finaliser/panneaux/calendrier.html",
            gestes=[Geste("Poser une date", SEANCE.url("ajouter", ingenierie.pk))],
            faits={"seances_planifiees": phrase} if datees else {},
        )
    ]


def decrire(seance: Any, ingenierie: Ingenierie, *, voit_interne: bool) -> dict[str, Any]:
    """Une séance prête à lire ; un temps individuel ne dit qu'aux DLA avec quelle structure."""
    seule = seance.participation if voit_interne else None
    return {
        "seance": seance,
        "avec": str(seule or seance.groupe or ""),
        "presence": _dire_la_presence(seance),
        "modifier": SEANCE.url("modifier", ingenierie.pk, seance.pk),
    }


def _dire_la_presence(seance: Any) -> str:
    if seance.notees and seance.presentes >= (seance.presents.valeur or 0):
        return f"{compter(seance.presentes, 'présente')} sur {seance.notees}"
    if seance.presents.connue:
        return f"{seance.presents} {'venues' if seance.presents.valeur > 1 else 'venue'}"
    return "présences non notées" if _passee(seance, timezone.localdate()) else ""


def _raconter(seances: Sequence[Seance], aujourdhui: date) -> str:
    """« 5 séances, 6,5 jours ; prochaine le 12 mars 2026. »"""
    if not seances:
        return "Aucune séance n’est posée."
    parts = [compter(len(seances), "séance")]
    jours = Total.de([s.duree for s in seances], unite="jour")
    parts += [str(jours)] if jours.connues else []
    a_venir = [s.date for s in seances if s.date and s.date >= aujourdhui]
    suite = f" ; prochaine le {date_format(min(a_venir), 'j F Y')}" if a_venir else ""
    return f"{', '.join(parts)}{suite}."


def _passee(seance: Seance, aujourdhui: date) -> bool:
    return seance.date is not None and seance.date < aujourdhui


def _a_noter(seances: Sequence[Any], aujourdhui: date) -> int:
    return sum(_passee(s, aujourdhui) and not s.notees and not s.presents.connue for s in seances)


def _manques(seances: Sequence[Seance], a_noter: int) -> list[str]:
    sans_date = sum(s.date is None for s in seances)
    manques = []
    if a_noter:
        manques.append(
            f"Présences à noter pour {compter(a_noter, 'séance passée', 'séances passées')}."
        )
    if sans_date:
        manques.append(f"{compter(sans_date, 'séance')} sans date.")
    return manques
