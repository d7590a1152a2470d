"""Compter les besoins partagés : une requête par question, sur ce que la personne lit.

Ce qu'elle compte sans le lire vient de `CumulDeTheme`, sans filtre : deux comptes voisins que
l'on soustrait en désigneraient une (règle 3, docs/decisions/0017).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case as Selon
from django.db.models import Count, F, Func, Q, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from maillage.annuaire import nomenclatures
from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier.models import CumulDeTheme, Signal
from maillage.identifier.partages.calculs import Case, Compte
from maillage.identifier.regroupement.lecture import departement_du_signal
from maillage.ingenieries.models import Ingenierie
from maillage.territoires.models import Niveau

if TYPE_CHECKING:
    from maillage.identifier.models.signal import SignalQuerySet
    from maillage.ingenieries.models.dossier import IngenierieQuerySet
    from maillage.socle.comptes import Utilisateur

_STRUCTURES = Count("structure", distinct=True)
SANS_LIEU, SANS_SECTEUR = "Lieu non dit", "Secteur non dit"


def missions_du_theme(utilisateur: Utilisateur, theme: str) -> IngenierieQuerySet:
    """Celles qu'une problématique dont un besoin porte ce thème a ouvertes.

    Seuls la désignent les besoins que cette personne compte ; les missions qu'elle peut en lire se
    restreignent par `visibles_par`.
    """
    signaux = Signal.objects.comptables_par(utilisateur).filter(themes__contains=[theme])
    nees = signaux.order_by().values("problematiques__ingenieries")
    return Ingenierie.objects.filter(pk__in=nees)


def _theme() -> Func:
    return Func(F("themes"), function="unnest")


def _nom_du_departement() -> Coalesce:
    du_territoire = Selon(
        When(territoire__niveau=Niveau.DEPARTEMENT, then=F("territoire__nom")),
        default=F("territoire__departement__nom"),
    )
    return Coalesce(du_territoire, F("structure__commune__departement__nom"), Value(SANS_LIEU))


def par_theme(signaux: SignalQuerySet, aujourdhui: date) -> list[Compte]:
    """Chaque thème, le plus dit d'abord (une requête)."""
    un_an = aujourdhui.replace(year=aujourdhui.year - 1, day=1)
    deux_ans = un_an.replace(year=un_an.year - 1)
    recents, avant = Q(date__gte=un_an), Q(date__gte=deux_ans, date__lt=un_an)
    lignes = (
        signaux.order_by()
        .values(theme=_theme())
        .annotate(
            structures=_STRUCTURES,
            besoins=Count("pk"),
            recentes=Count("structure", distinct=True, filter=recents),
            avant=Count("structure", distinct=True, filter=avant),
        )
    )
    return sorted((Compte(**x) for x in lignes), key=lambda c: (-c.structures, -c.besoins, c.theme))


def par_lieu(signaux: SignalQuerySet) -> list[Case]:
    """Thème × département (une requête)."""
    lignes = (
        signaux.order_by()
        .values(theme=_theme(), ou=departement_du_signal(), nom=_nom_du_departement())
        .annotate(structures=_STRUCTURES)
    )
    return [
        Case(x["theme"], str(x["ou"] or "?"), x["nom"], x["structures"])
        for x in lignes
        if x["structures"]
    ]


def par_secteur(signaux: SignalQuerySet) -> list[Case]:
    """Thème × secteur (une requête)."""
    lignes = signaux.order_by().values("secteur", theme=_theme()).annotate(structures=_STRUCTURES)
    return [
        Case(x["theme"], x["secteur"] or "?", nom_du_secteur(x["secteur"]), x["structures"])
        for x in lignes
        if x["structures"]
    ]


def nom_du_secteur(code: str) -> str:
    return nomenclatures.SECTEURS.libelle(code) if code else SANS_SECTEUR


def par_semestre(signaux: SignalQuerySet) -> list[tuple[str, int]]:
    """Structures distinctes par semestre, du plus ancien au plus récent (une requête)."""
    moitie = Selon(When(date__month__lte=6, then=Value(1)), default=Value(2))
    lignes = (
        signaux.order_by()
        .values(annee=ExtractYear("date"), moitie=moitie)
        .annotate(structures=_STRUCTURES)
        .order_by("annee", "moitie")
    )
    return [(f"S{x['moitie']} {x['annee']}", x["structures"]) for x in lignes]


def detail(signaux: SignalQuerySet) -> Iterator[Mapping[str, Any]]:
    """Thème × département × secteur, pour l'export (une requête)."""
    return (
        signaux.order_by()
        .values("secteur", theme=_theme(), lieu=_nom_du_departement())
        .annotate(structures=_STRUCTURES, besoins=Count("pk"))
        .order_by("theme", "lieu", "secteur")
        .iterator()
    )


def ailleurs(utilisateur: Utilisateur) -> dict[str, Mapping[str, Any]]:
    """Par thème, dans les autres départements : combien le disent, et structures au moins."""
    siens = list(perimetre_de(utilisateur).territoires)
    lignes = (
        CumulDeTheme.objects.exclude(departement__chemin__overlap=siens)
        .order_by()
        .values("theme")
        .annotate(departements=Count("pk"), structures=Sum("structures"))
    )
    return {x["theme"]: x for x in lignes}
