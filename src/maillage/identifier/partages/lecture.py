"""Compter les besoins partagés : sur ce que la personne lit, en une requête.

Ce qu'elle compte sans le lire vient de `CumulDeTheme`, sans filtre : deux comptes voisins que
l'on soustrait en désigneraient une (règle 3, docs/decisions/0017).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Func, Sum, Value
from django.db.models.functions import Coalesce

from maillage.annuaire import nomenclatures
from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier.models import Signal
from maillage.identifier.partages import requete
from maillage.identifier.partages.calculs import INCONNUE, Cases, Compte
from maillage.identifier.regroupement.lecture import cumuls_d_ailleurs
from maillage.identifier.visibilite import dla_lus
from maillage.ingenieries.models import Ingenierie

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


@dataclass(frozen=True, slots=True)
class Lus:
    """Ce que disent des besoins : par thème (le plus dit d'abord), par case, par semestre.

    `noms` : celui de chaque colonne, par sa clé ; `INCONNUE` : ce que l'on ne sait pas.
    """

    themes: Sequence[Compte] = ()
    cases: Cases = field(default_factory=dict)
    noms: Mapping[str, str] = field(default_factory=dict)
    semestres: Sequence[tuple[str, int]] = ()


def compter(signaux: SignalQuerySet, axe: str, aujourdhui: date) -> Lus:
    """Les structures distinctes par thème, par thème et colonne de `axe`, par semestre.

    Une requête ; `axe` : « lieu » ou « secteur ».
    """
    un_an, deux_ans = _annees(aujourdhui)
    lus = signaux.order_by().values("structure_id", "date", "themes", cle=F(requete.COLONNES[axe]))
    try:
        sql, parametres = lus.query.sql_with_params()
    except EmptyResultSet:
        return Lus()
    with connection.cursor() as curseur:
        curseur.execute(requete.composer(sql, axe), (*parametres, un_an, deux_ans, un_an))
        return _relire(*curseur.fetchone(), axe=axe)


def compter_tout(
    utilisateur: Utilisateur, depuis: date, theme: str, axe: str, aujourdhui: date
) -> Lus | None:
    """Comme `compter`, depuis ce jour et sur ce thème (vide : tous), lu dans les cumuls.

    None, sans requête ou d'une seule, pour qui ne lit pas exactement tous les besoins libres.
    """
    siens, coordonnes = dla_lus(perimetre_de(utilisateur))
    if not coordonnes:
        return None
    un_an, deux_ans = _annees(aujourdhui)
    parametres: dict[str, Any] = {
        "siens": list(siens),
        "lus": list(siens | coordonnes),
        "theme": theme,
        "depuis": _mois(depuis),
        "un_an": _mois(un_an),
        "deux_ans": _mois(deux_ans),
    }
    with connection.cursor() as curseur:
        curseur.execute(requete.composer_entier(axe), parametres)
        sujets = curseur.fetchone()
    return _relire(*sujets, axe=axe) if sujets else None


def _annees(aujourdhui: date) -> tuple[date, date]:
    """Le premier jour des douze derniers mois, et celui des douze d'avant."""
    un_an = aujourdhui.replace(year=aujourdhui.year - 1, day=1)
    return un_an, un_an.replace(year=un_an.year - 1)


def _mois(jour: date) -> int:
    """Comme `identifier_mois` (migration 0014)."""
    return jour.year * 12 + jour.month - 1


def _relire(*sujets: str | None, axe: str) -> Lus:
    themes, cases, semestres, noms = (json.loads(lignes or "[]") for lignes in sujets)
    croisees = {x["theme"]: x["cases"] for x in cases}
    nommer = _NOMMER[axe]({str(x["cle"]): x["nom"] for x in noms})
    return Lus(
        sorted((Compte(**x) for x in themes), key=lambda c: (-c.structures, -c.besoins, c.theme)),
        croisees,
        {cle: nommer(cle) for cle in set().union(*croisees.values())},
        [(f"S{x['moitie']} {x['annee']}", x["structures"]) for x in semestres],
    )


def nom_du_secteur(code: str) -> str:
    return nomenclatures.SECTEURS.libelle(code) if code else SANS_SECTEUR


_NOMMER: Mapping[str, Callable[[Mapping[str, str]], Callable[[str], str]]] = {
    "lieu": lambda noms: lambda cle: noms.get(cle, SANS_LIEU),
    "secteur": lambda _: lambda cle: nom_du_secteur(cle.strip(INCONNUE)),
}


def detail(signaux: SignalQuerySet) -> Iterator[Mapping[str, Any]]:
    """Thème × département × secteur, pour l'export (une requête)."""
    return (
        signaux.order_by()
        .values("secteur", theme=_theme(), lieu=Coalesce("departement__nom", Value(SANS_LIEU)))
        .annotate(structures=_STRUCTURES, besoins=Count("pk"))
        .order_by("theme", "lieu", "secteur")
        .iterator()
    )


def ailleurs(utilisateur: Utilisateur) -> dict[str, Mapping[str, Any]]:
    """Par thème, dans les autres départements : combien le disent, et structures au moins."""
    lignes = (
        cumuls_d_ailleurs(utilisateur)
        .order_by()
        .values("theme")
        .annotate(departements=Count("pk"), structures=Sum("structures"))
    )
    return {x["theme"]: x for x in lignes}
