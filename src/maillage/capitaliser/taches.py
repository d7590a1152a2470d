"""Ce que la capitalisation dit à la page « Aujourd'hui » : fiches à publier, fiches parues."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from maillage.annuaire.perimetre import perimetre_de
from maillage.capitaliser.models import EtatFiche, Publication
from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from maillage.socle.mots import citer
from maillage.socle.taches import Colonne, Tache

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

AU_PLUS = 20
PARUES = 3
RECENTES = timedelta(days=90)


def taches(utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Deux requêtes : mes missions closes sans fiche publiée, les dernières fiches parues."""
    operateurs = perimetre_de(utilisateur).operateurs
    closes = Ingenierie.objects.filter(
        Q(fiche__isnull=True) | Q(fiche__etat=EtatFiche.BROUILLON),
        operateur__in=operateurs,
        etat=EtatIngenierie.CLOSE,
        close_le__gte=aujourdhui - RECENTES,
    )
    parues = Publication.objects.en_rayon().filter(publiee_le__date__gte=aujourdhui - RECENTES)
    a_publier = closes.order_by("close_le", "pk")[:AU_PLUS] if operateurs else []
    return [
        *(_a_publier(mission) for mission in a_publier),
        *(_parue(p) for p in parues.pour_liste().order_by("-publiee_le", "pk")[:PARUES]),
    ]


def _a_publier(mission: Ingenierie) -> Tache:
    return Tache(
        Colonne.A_FAIRE,
        f"Publier la fiche de {citer(mission.titre)}",
        reverse("ingenieries:demarche", args=[mission.pk, "finaliser.capitaliser"]),
        geste="Écrire la fiche",
        contexte="La mission est close ; d’autres peuvent s’en servir.",
        poids=-2,
    )


def _parue(publication: Publication) -> Tache:
    return Tache(
        Colonne.CA_BOUGE,
        publication.titre,
        publication.get_absolute_url(),
        geste="Lire la fiche",
        contexte=f"Fiche parue · {publication.contexte.identite.dla}",
    )
