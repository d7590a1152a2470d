"""Ce que la capitalisation dit à la page « Aujourd'hui » : fiches à publier, fiches parues."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from maillage.annuaire.perimetre import perimetre_de
from maillage.capitaliser.models import EtatFiche, Publication
from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from maillage.socle.lots import Lots, Lus
from maillage.socle.models import Utilisateur
from maillage.socle.mots import citer
from maillage.socle.taches import Colonne, Tache

AU_PLUS = 20
PARUES = 3
RECENTES = timedelta(days=90)


def lots(utilisateur: Utilisateur, aujourdhui: date) -> Lots:
    """Mes missions closes sans fiche publiée, les dernières fiches parues."""
    depuis = aujourdhui - RECENTES
    a_publier = Ingenierie.objects.filter(
        Q(fiche__isnull=True) | Q(fiche__etat=EtatFiche.BROUILLON),
        operateur__in=perimetre_de(utilisateur).operateurs,
        etat=EtatIngenierie.CLOSE,
        close_le__gte=depuis,
    )
    parues = Publication.objects.en_rayon().filter(publiee_le__date__gte=depuis)
    return {
        "a_publier": a_publier.only("titre").order_by("close_le", "pk")[:AU_PLUS],
        "parues": parues.order_by("-publiee_le", "pk")[:PARUES],
    }


def dire(lus: Lus, _utilisateur: Utilisateur, _aujourdhui: date) -> list[Tache]:
    """Mes fiches à publier, puis celles des autres."""
    return [*map(_a_publier, lus["a_publier"]), *map(_parue, lus["parues"])]


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
