"""Lire un portefeuille : les structures, et ce qui attend chacune, en une requête."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from maillage.accueillir.models import (
    Action,
    Demande,
    Diagnostic,
    EtatDemande,
    EtatDiagnostic,
    Parcours,
    PointDeSuivi,
)
from maillage.accueillir.portefeuille.nouvelles import derniere, nouvelles
from maillage.annuaire.models import Organisation, Personne
from maillage.annuaire.models.organisations import OrganisationQuerySet
from maillage.socle.agregats import agreger, nombre

SILENCE = timedelta(days=91)
"""Au-delà, une structure accompagnée est sans nouvelle."""


def suivies(operateurs: frozenset[UUID], charge: UUID | None = None) -> OrganisationQuerySet:
    """Celles qui ont une demande, un diagnostic ou un parcours chez ces opérateurs.

    `charge` : seulement ce qu'une personne y suit.
    """
    les_siennes = {"charge": charge} if charge else {}
    tables: Iterable[Any] = (Demande, Diagnostic, Parcours)
    lots = [
        table.objects.filter(operateur__in=operateurs, **les_siennes).order_by().values("structure")
        for table in tables
    ]
    return Organisation.objects.filter(pk__in=lots[0].union(*lots[1:]))


def annoter(
    structures: OrganisationQuerySet, operateurs: frozenset[UUID], jour: date
) -> QuerySet[Any]:
    """Ajoute à chacune sa dernière nouvelle, ce qui l'attend et qui la suit."""
    chez = {"operateur__in": operateurs}
    retards = Action.objects.en_retard(jour).filter(parcours__operateur__in=operateurs)
    a_venir = PointDeSuivi.objects.filter(parcours__operateur__in=operateurs, prochain_le__gte=jour)
    siens = Parcours.objects.filter(**chez, structure=OuterRef("pk"))
    diagnostics = Diagnostic.objects.filter(**chez, structure=OuterRef("pk"))
    sources = nouvelles(operateurs)
    datees = structures.annotate(**{cle: n.expression for cle, n in sources.items()})
    return datees.annotate(
        derniere=derniere(sources),
        retards=nombre(retards, par="parcours__structure"),
        prochain=agreger(a_venir, Min("prochain_le"), par="parcours__structure"),
        a_valider=Exists(diagnostics.filter(etat=EtatDiagnostic.A_VALIDER)),
        bilan=Exists(siens.bilans_a_faire()),
        vivante=_vivante(operateurs),
        parcours_ouvert=Subquery(siens.en_cours().order_by("-ouvert_le").values("pk")[:1]),
        suivie_par=_suivie_par(operateurs),
    )


def _vivante(operateurs: frozenset[UUID]) -> Any:
    """Un parcours en cours ; à défaut de tout parcours, un diagnostic ou une demande à suivre."""
    ici = {"operateur__in": operateurs, "structure": OuterRef("pk")}
    parcours = Parcours.objects.filter(**ici)
    diagnostics = Diagnostic.objects.filter(**ici)
    demandes = Demande.objects.filter(**ici)
    commencee = Exists(diagnostics) | Exists(demandes.filter(etat=EtatDemande.ACCUEILLIE))
    return (
        Exists(parcours.en_cours())
        | Exists(diagnostics.exclude(etat=EtatDiagnostic.VALIDE))
        | Exists(demandes.filter(etat=EtatDemande.A_ETUDIER))
        | (commencee & ~Exists(parcours))
    )


def _suivie_par(operateurs: frozenset[UUID]) -> Any:
    """Qui suit le dernier parcours, sinon le dernier diagnostic, sinon la dernière demande."""
    tables: Iterable[tuple[Any, str]] = (
        (Parcours, "-ouvert_le"),
        (Diagnostic, "-date"),
        (Demande, "-recue_le"),
    )
    return Coalesce(
        *(
            Subquery(
                table.objects.filter(operateur__in=operateurs, structure=OuterRef("pk"))
                .order_by(ordre)
                .values("charge")[:1]
            )
            for table, ordre in tables
        )
    )


def situations(jour: date) -> dict[str, tuple[str, Q]]:
    """Ce que l'on peut chercher dans un portefeuille : le libellé, et sa condition."""
    muette = Q(derniere__lt=jour - SILENCE) | Q(derniere__isnull=True)
    return {
        "": ("En accompagnement", Q(vivante=True)),
        "silence": ("Sans nouvelle depuis trois mois", Q(vivante=True) & muette),
        "retard": ("Des actions en retard", Q(retards__gt=0)),
        "valider": ("Un diagnostic à valider", Q(a_valider=True)),
        "bilan": ("Un bilan à faire", Q(bilan=True)),
        "toutes": ("Toutes, même passées", Q()),
    }


def est_muette(structure: Any, jour: date) -> bool:
    """La règle de « silence », pour une structure déjà annotée."""
    if not structure.vivante:
        return False
    return structure.derniere is None or structure.derniere < jour - SILENCE


def comptes(structures: QuerySet[Any], jour: date) -> dict[str, int]:
    """Combien de structures dans chaque situation (une requête)."""
    lus = situations(jour)
    return structures.aggregate(
        **{f"n_{cle}": Count("pk", filter=condition) for cle, (_, condition) in lus.items()}
    )


def noms(cles: Iterable[UUID | None]) -> dict[UUID, str]:
    """Les noms de qui suit les structures d'une page (une requête)."""
    return {p.pk: str(p) for p in Personne.objects.filter(pk__in={c for c in cles if c})}
