"""Ce que la page de la charge compte : pour chaque chiffre, les lignes mêmes qu'il compte."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from maillage.accueillir.models import (
    Action,
    Demande,
    Diagnostic,
    EtatDemande,
    EtatParcours,
    Parcours,
)
from maillage.annuaire.models import Organisation
from maillage.confirmer.models import Participation
from maillage.ingenieries.models import Ingenierie, NatureIngenierie
from maillage.piloter.models import ResumeDeMission
from maillage.socle.quantites import Total

UN_MOIS = timedelta(days=30)
COLLECTIVE, INDIVIDUELLE = NatureIngenierie.COLLECTIVE, NatureIngenierie.INDIVIDUELLE


@dataclass(frozen=True, slots=True)
class Champ:
    """De qui et de quand l'on compte ; `charge` : seulement ce qu'une personne porte."""

    operateurs: frozenset[UUID]
    annee: int
    jour: date
    charge: UUID | None = None

    def chez(self, prefixe: str = "") -> Q:
        """Ce que mènent ces opérateurs, par cette personne s'il y en a une."""
        q = Q(**{f"{prefixe}operateur__in": self.operateurs})
        return q & Q(**{f"{prefixe}charge": self.charge}) if self.charge else q


@dataclass(frozen=True, slots=True)
class Lue:
    """Une ligne comptée : son titre, où elle se lit, ce qui la situe."""

    titre: str
    url: str
    detail: str


@dataclass(frozen=True, slots=True)
class Compte:
    """Ce que l'on compte : les lignes, l'ordre où les montrer, et comment chacune se dit."""

    titre: str
    lignes: Callable[[Champ], QuerySet[Any]]
    ordre: tuple[str, ...]
    dire: Callable[[Any], Lue]


def _structures(champ: Champ) -> QuerySet[Any]:
    accueillies = Demande.objects.filter(
        champ.chez(),
        structure=OuterRef("pk"),
        etat=EtatDemande.ACCUEILLIE,
        recue_le__year=champ.annee,
    )
    return Organisation.objects.filter(Exists(accueillies)).select_related("commune")


def _diagnostics(champ: Champ) -> QuerySet[Any]:
    menes = Diagnostic.objects.filter(champ.chez(), date__year=champ.annee)
    return menes.select_related("structure")


def _parcours(champ: Champ) -> QuerySet[Any]:
    ouverts = Parcours.objects.filter(champ.chez(), ouvert_le__year=champ.annee)
    return ouverts.select_related("structure")


def _missions(nature: str | None) -> Callable[[Champ], QuerySet[Any]]:
    voulue = Q(nature=nature) if nature else Q()
    return lambda champ: Ingenierie.objects.menees().filter(champ.chez(), voulue, annee=champ.annee)


def _en_collectif(champ: Champ) -> QuerySet[Any]:
    retenues = Participation.objects.retenues().filter(
        champ.chez("ingenierie__"),
        structure=OuterRef("pk"),
        ingenierie__in=_missions(COLLECTIVE)(champ).values("pk"),
    )
    return Organisation.objects.filter(Exists(retenues)).select_related("commune")


def _parcours_en_cours(champ: Champ) -> QuerySet[Any]:
    return Parcours.objects.en_cours().filter(champ.chez()).select_related("structure")


def _actions(champ: Champ) -> QuerySet[Any]:
    """Encore à mener, en retard ou dans le mois."""
    restantes = Action.objects.restantes().filter(
        champ.chez("parcours__"),
        parcours__etat=EtatParcours.EN_COURS,
        echeance__lte=champ.jour + UN_MOIS,
    )
    return restantes.select_related("parcours__structure")


def _missions_ouvertes(champ: Champ) -> QuerySet[Any]:
    return Ingenierie.objects.ouvertes().filter(champ.chez())


def _de_structure(structure: Any) -> Lue:
    commune = structure.commune.nom if structure.commune else ""
    return Lue(structure.nom, structure.get_absolute_url(), commune)


def _de_diagnostic(diagnostic: Any) -> Lue:
    adresse = reverse("accueillir:diagnostic", args=[diagnostic.pk])
    detail = f"{diagnostic.date:%d/%m/%Y}, {diagnostic.get_etat_display()}"
    return Lue(diagnostic.structure.nom, adresse, detail)


def _de_parcours(parcours: Any) -> Lue:
    detail = f"ouvert le {parcours.ouvert_le:%d/%m/%Y}, {parcours.get_etat_display()}"
    return Lue(parcours.structure.nom, parcours.get_absolute_url(), detail)


def _de_mission(mission: Any) -> Lue:
    detail = f"{mission.get_nature_display()}, {mission.get_etat_display()}"
    return Lue(mission.titre, mission.get_absolute_url(), detail)


def _d_action(action: Any) -> Lue:
    adresse = f"{action.parcours.get_absolute_url()}#action-{action.pk}"
    detail = f"{action.parcours.structure.nom}, pour le {action.echeance:%d/%m/%Y}"
    return Lue(action.intitule, adresse, detail)


_PAR_NOM, _PAR_TITRE = ("nom_normalise",), ("recherche",)
# Les codes de `methode.charge()`, puis ce que porte chaque personne.
COMPTES: dict[str, Compte] = {
    "structures": Compte("Structures accueillies", _structures, _PAR_NOM, _de_structure),
    "diagnostics": Compte("Diagnostics partagés", _diagnostics, ("-date",), _de_diagnostic),
    "parcours": Compte("Parcours ouverts", _parcours, ("-ouvert_le",), _de_parcours),
    "individuelles": Compte(
        "Ingénieries individuelles", _missions(INDIVIDUELLE), _PAR_TITRE, _de_mission
    ),
    "collectives": Compte(
        "Ingénieries collectives", _missions(COLLECTIVE), _PAR_TITRE, _de_mission
    ),
    "structures_en_collectif": Compte(
        "Structures en ingénierie collective", _en_collectif, _PAR_NOM, _de_structure
    ),
    "jours": Compte("Missions qui font ces jours", _missions(None), _PAR_TITRE, _de_mission),
    "parcours_en_cours": Compte(
        "Parcours en cours", _parcours_en_cours, ("-ouvert_le",), _de_parcours
    ),
    "actions": Compte("Actions dues dans le mois", _actions, ("echeance",), _d_action),
    "missions_ouvertes": Compte("Missions ouvertes", _missions_ouvertes, _PAR_TITRE, _de_mission),
}


class _Combien(Subquery):
    """Le nombre de lignes d'une requête, en sous-requête."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS lignes)"
    output_field = IntegerField()


def compter(champ: Champ, codes: list[str]) -> dict[str, int]:
    """Combien de lignes à chacun de ces comptes (une requête)."""
    combien = {code: _Combien(COMPTES[code].lignes(champ).values("pk")) for code in codes}
    dla = Organisation.objects.filter(pk__in=champ.operateurs).order_by()
    lue: Any = dla.values(**{f"n_{code}": n for code, n in combien.items()})[:1].get()
    return {code: lue[f"n_{code}"] for code in codes}


def jours(champ: Champ) -> Total:
    """Les jours des missions de l'année ; ceux que l'on ignore restent inconnus (une requête)."""
    missions = COMPTES["jours"].lignes(champ).values("pk")
    return Total.de((r.jours for r in ResumeDeMission.objects.filter(mission__in=missions)), "jour")
