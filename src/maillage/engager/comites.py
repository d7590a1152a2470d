"""La page « Comités » : ce qui attend un avis, les prochaines séances, les avis rendus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from maillage.annuaire.perimetre import perimetre_de
from maillage.engager.models import Avis
from maillage.identifier.models import EtatProblematique, Problematique
from maillage.ingenieries.models import Avancement, Ingenierie
from maillage.ingenieries.parcours import TERMINES

if TYPE_CHECKING:
    from maillage.engager.models.accords import AvisQuerySet
    from maillage.socle.comptes import Utilisateur

AU_PLUS = 50


@dataclass(frozen=True, slots=True)
class Seance:
    """Une séance d'un comité : son jour, son opérateur, les avis qu'on lui demande."""

    date: date
    operateur: str
    avis: Sequence[Avis]


def avis_lisibles(utilisateur: Utilisateur) -> AvisQuerySet:
    """Les avis des missions que cette personne lit."""
    return Avis.objects.filter(
        ingenierie__in=Ingenierie.objects.visibles_par(utilisateur)
    ).select_related("ingenierie", "operateur")


def a_demander(utilisateur: Utilisateur) -> QuerySet[Ingenierie]:
    """Mes missions ouvertes dont le besoin est confirmé et l'avis pas encore demandé."""
    siens = OuterRef("pk")
    validees = Avancement.objects.filter(
        ingenierie=siens,
        code="engager.valider",
        etat__in=TERMINES,
    )
    confirmees = Problematique.objects.filter(ingenieries=siens, etat=EtatProblematique.CONFIRMEE)
    return (
        Ingenierie.objects.ouvertes()
        .pilotees_par(perimetre_de(utilisateur).operateurs)
        .filter(Exists(confirmees))
        .exclude(Exists(Avis.objects.filter(ingenierie=siens)))
        .exclude(Exists(validees))
    )


def seances(utilisateur: Utilisateur, aujourdhui: date) -> list[Seance]:
    """Les prochaines séances, chacune avec son ordre du jour (une requête)."""
    a_venir = avis_lisibles(utilisateur).a_venir(aujourdhui)
    lus = list(a_venir.order_by("date", "operateur__nom_normalise", "cree_le")[:AU_PLUS])
    return [
        Seance(jour, nom, list(avis))
        for (jour, nom), avis in groupby(lus, key=lambda a: (a.date, a.operateur.nom))
    ]


def en_attente(utilisateur: Utilisateur, aujourdhui: date) -> list[Avis]:
    """Demandés sans séance à venir : par courriel, sans date, ou le jour est passé."""
    a_venir = Avis.objects.a_venir(aujourdhui).values("pk")
    attendus = avis_lisibles(utilisateur).attendus().exclude(pk__in=a_venir)
    return list(attendus.order_by("date", "cree_le")[:AU_PLUS])
