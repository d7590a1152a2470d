"""Ce que fiches et registre disent sous le même nom, et ce dont tout verdict est fait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import ASin, Cos, Power, Radians, Sin, Sqrt

from maillage.annuaire.models import AssociationRNA, UniteLegale
from maillage.identifier.ciblage.calculs import cascade
from maillage.socle.normalisation import normaliser
from maillage.territoires.models import Territoire

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

DIAMETRE = 2 * 6371.0
"""De la Terre, en kilomètres."""
KM_PAR_DEGRE = 110.0
"""Un degré de latitude, au moins."""


@dataclass(frozen=True, slots=True)
class Lecteur:
    """Qui cherche, et au nom de quel DLA : ce qu'un critère a le droit de lire."""

    utilisateur: Utilisateur
    operateur: UUID


Juge = Callable[[Any, Lecteur], Any]
"""D'une valeur demandée et d'un lecteur, l'expression SQL du verdict."""


def verdict(oui: Any, inconnu: Any) -> Case:
    """Oui si l'on sait que oui, inconnu si l'on ne sait pas, non sinon."""
    return Case(
        When(oui, then=Value(cascade.OUI)),
        When(inconnu, then=Value(cascade.INCONNU)),
        default=Value(cascade.NON),
        output_field=CharField(),
    )


def muet(_valeur: Any, _lecteur: Lecteur) -> Value:
    """La source n'en dit rien : on ne sait pas, et l'on ne dit pas non."""
    return Value(cascade.INCONNU)


def parmi(champ: str) -> Juge:
    """Un code parmi ceux que l'on veut ; vide, on ne sait pas."""
    return lambda codes, _lecteur: verdict(Q(**{f"{champ}__in": codes}), Q(**{champ: ""}))


def annee(valeur: Any, _lecteur: Lecteur) -> Case:
    return verdict(entre("creee_en", valeur), Q(creee_en__isnull=True))


def autour(valeur: Any, _lecteur: Lecteur) -> Case:
    """À vol d'oiseau, du centre de la commune choisie au centre de celle de la structure."""
    _, _, longitude, latitude = valeur["centre"]
    bande = valeur["km"] / KM_PAR_DEGRE
    proches = (
        Territoire.objects.communes()
        .filter(latitude__range=(latitude - bande, latitude + bande))
        .alias(km=_kilometres(longitude, latitude))
        .filter(km__lte=valeur["km"])
        .order_by()
        .values("pk")
    )
    inconnu = Q(commune__isnull=True) | Q(commune__longitude__isnull=True)
    return verdict(Q(commune__in=proches), inconnu)


def naf(champ_siren: str) -> Juge:
    """Le code NAF de l'unité légale ; les débuts de code conviennent (« 90 », « 90.01Z »)."""

    def juger(debuts: Sequence[str], _lecteur: Lecteur) -> Case:
        connues = UniteLegale.objects.filter(siren=OuterRef(champ_siren)).exclude(naf="")
        return _par_debut(connues, ["naf"], [debut.upper() for debut in debuts])

    return juger


def objets_sociaux(champ_rna: str) -> Juge:
    """L'un des deux objets sociaux du RNA, par les trois premiers chiffres de sa famille."""

    def juger(familles: Sequence[str], _lecteur: Lecteur) -> Case:
        connues = AssociationRNA.objects.filter(numero=OuterRef(champ_rna)).exclude(
            objet_social1="", objet_social2=""
        )
        debuts = [code[:3] for code in familles]
        return _par_debut(connues, ["objet_social1", "objet_social2"], debuts)

    return juger


def entre(champ: str, valeur: Any) -> Q:
    """Le champ est entre les deux bornes, ou du bon côté de celle qui est dite."""
    bornes = {"gte": valeur["de"], "lte": valeur["a"]}
    return Q(**{f"{champ}__{sens}": borne for sens, borne in bornes.items() if borne is not None})


def question(mots: Sequence[str]) -> Any:
    """L'un de ces mots, ou groupes de mots ; accents et pluriels ne comptent pas."""
    racines = (SearchQuery(normaliser(m), config="french", search_type="plain") for m in mots)
    return reduce(or_, racines)


def _par_debut(connues: QuerySet[Any], champs: Sequence[str], debuts: Sequence[str]) -> Case:
    voulus = (Q(**{f"{champ}__startswith": debut}) for champ in champs for debut in debuts)
    return verdict(Exists(connues.filter(reduce(or_, voulus))), ~Exists(connues))


def _kilometres(longitude: float, latitude: float) -> Any:
    """La formule de Haversine, du point donné au centre de la ligne."""
    nord = Power(Sin(_demi_ecart("latitude", latitude)), 2)
    est = Power(Sin(_demi_ecart("longitude", longitude)), 2)
    corde = nord + Cos(Radians(Value(latitude))) * Cos(Radians("latitude")) * est
    return ExpressionWrapper(ASin(Sqrt(corde)) * DIAMETRE, output_field=FloatField())


def _demi_ecart(champ: str, valeur: float) -> Any:
    return Radians(ExpressionWrapper((F(champ) - valeur) / 2.0, output_field=FloatField()))
