"""Quantités qui savent ce qu'elles valent : exact, environ, au moins, presque, inconnu.

Règle 6 du métier : inconnu n'est pas zéro. Une quantité inconnue n'a pas de valeur et le
reste dans tout total ; une quantité approchée le reste aussi.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.db.models import Model

INSECABLE = "\u00a0"
FINE = "\u202f"
CENTIEME = Decimal("0.01")


class Precision(models.TextChoices):
    """Ce que l'on sait d'une valeur."""

    EXACT = "exact", "exactement"
    ENVIRON = "environ", "environ"
    AU_MOINS = "au_moins", "au moins"
    PRESQUE = "presque", "presque"
    INCONNU = "inconnu", "inconnu"


def ecrire_nombre(valeur: Decimal | int, *, centimes: bool = False) -> str:
    """Écrit un nombre à la française : « 43 200 », « 2,5 », avec centimes « 2,50 ».

    Deux décimales au plus, arrondies ; milliers séparés d'espaces fines insécables.
    """
    decimal = Decimal(valeur).quantize(CENTIEME, ROUND_HALF_UP)
    if decimal == decimal.to_integral_value():
        return f"{int(decimal):,}".replace(",", FINE)
    entier, _, reste = f"{decimal:,.2f}".partition(".")
    return f"{entier.replace(',', FINE)},{reste if centimes else reste.rstrip('0')}"


def accorder(nombre: Decimal | int, unite: str) -> str:
    """Accorde une unité : « 1 jour », « 5 jours » ; sigles et symboles sont invariables."""
    invariable = not unite[-1:].isalpha() or unite.isupper() or unite.endswith(("s", "x"))
    return unite if invariable or -2 < nombre < 2 else f"{unite}s"


@dataclass(frozen=True, slots=True)
class Quantite:
    """Une valeur et sa précision ; `valeur` vaut None si et seulement si elle est inconnue."""

    valeur: Decimal | None
    precision: Precision = Precision.EXACT
    unite: str = ""

    def __post_init__(self) -> None:
        if (self.valeur is None) != (self.precision == Precision.INCONNU):
            raise ValueError("Une quantité est inconnue si et seulement si elle n’a pas de valeur.")

    @classmethod
    def inconnue(cls, unite: str = "") -> Quantite:
        return cls(None, Precision.INCONNU, unite)

    @property
    def connue(self) -> bool:
        return self.valeur is not None

    def __str__(self) -> str:
        if self.valeur is None:
            return "inconnu"
        avant = "" if self.precision == Precision.EXACT else f"{self.precision.label} "
        apres = f"{INSECABLE}{accorder(self.valeur, self.unite)}" if self.unite else ""
        return f"{avant}{ecrire_nombre(self.valeur, centimes=self.unite == '€')}{apres}"


@dataclass(frozen=True, slots=True)
class Total:
    """Somme qui dit ce qui lui manque.

    `connues` compte les quantités sommées, `approchees` celles d'entre elles qui ne sont pas
    exactes, `inconnues` celles qui n'entrent pas dans la somme ; `precision` est celle de la somme.
    """

    valeur: Decimal
    connues: int
    approchees: int
    inconnues: int
    unite: str = ""
    precision: Precision = Precision.EXACT

    @classmethod
    def de(cls, quantites: Iterable[Quantite], unite: str = "") -> Total:
        toutes = list(quantites)
        connues = [q for q in toutes if q.valeur is not None]
        return cls(
            valeur=sum((q.valeur for q in connues if q.valeur is not None), Decimal(0)),
            connues=len(connues),
            approchees=sum(q.precision != Precision.EXACT for q in connues),
            inconnues=len(toutes) - len(connues),
            unite=unite or next((q.unite for q in toutes if q.unite), ""),
            precision=meler(q.precision for q in connues),
        )

    def __add__(self, autre: Total) -> Total:
        """La somme de deux ensembles disjoints ; un total vide n'approche rien."""
        return Total(
            self.valeur + autre.valeur,
            self.connues + autre.connues,
            self.approchees + autre.approchees,
            self.inconnues + autre.inconnues,
            self.unite or autre.unite,
            meler([self.precision, autre.precision]),
        )

    @property
    def complet(self) -> bool:
        return self.inconnues == 0

    @property
    def quantite(self) -> Quantite:
        """Ce que l'on sait de la somme ; s'il en manque, un minimum, si rien n'y est approché."""
        if not self.connues:
            return Quantite.inconnue(self.unite)
        minimum = self.precision in {Precision.EXACT, Precision.AU_MOINS}
        incomplete = Precision.AU_MOINS if minimum else Precision.ENVIRON
        return Quantite(self.valeur, self.precision if self.complet else incomplete, self.unite)

    def __str__(self) -> str:
        if not self.connues:
            return "inconnu" if self.inconnues else "rien encore"
        somme = Quantite(self.valeur, self.precision, self.unite)
        if self.complet:
            return str(somme)
        return f"{somme} (et {self.inconnues} {accorder(self.inconnues, 'inconnue')})"


def meler(precisions: Iterable[Precision]) -> Precision:
    """Précision d'un calcul : « au moins » et « presque » ne tiennent que sans autre approche."""
    approches = set(precisions) - {Precision.EXACT}
    if len(approches) > 1:
        return Precision.ENVIRON
    return next(iter(approches), Precision.EXACT)


class QuantiteField:
    """Attribut de modèle tenu par deux colonnes, `<nom>_valeur` et `<nom>_precision`.

    Lecture et écriture par un objet `Quantite` ; l'unité est celle du champ. Le modèle déclare
    sa règle par `contrainte_quantite` : inconnue si et seulement si vide, jamais négative.
    """

    def __init__(self, libelle: str, *, unite: str = "", decimales: int = 2) -> None:
        self.libelle = libelle
        self.unite = unite
        self.decimales = decimales

    def contribute_to_class(self, cls: type[Model], name: str) -> None:
        self.name = name
        valeur = models.DecimalField(
            self.libelle,
            max_digits=12 + self.decimales,
            decimal_places=self.decimales,
            null=True,
            blank=True,
        )
        precision = models.CharField(
            f"{self.libelle} : précision",
            max_length=8,
            choices=Precision.choices,
            default=Precision.INCONNU,
        )
        cls.add_to_class(f"{name}_valeur", valeur)
        cls.add_to_class(f"{name}_precision", precision)
        setattr(cls, name, self)

    def __get__(self, objet: Model | None, classe: type[Model]) -> Any:
        if objet is None:
            return self
        valeur = getattr(objet, f"{self.name}_valeur")
        if valeur is None:
            return Quantite.inconnue(self.unite)
        precision = getattr(objet, f"{self.name}_precision")
        connue = Precision.EXACT if precision == Precision.INCONNU else Precision(precision)
        return Quantite(Decimal(valeur), connue, self.unite)

    def __set__(self, objet: Model, quantite: Quantite) -> None:
        setattr(objet, f"{self.name}_valeur", quantite.valeur)
        setattr(objet, f"{self.name}_precision", quantite.precision)


def contrainte_quantite(nom: str, table: str) -> models.CheckConstraint:
    """Contrainte SQL d'une `QuantiteField` : inconnue si et seulement si vide, jamais négative."""
    inconnue = Q(**{f"{nom}_valeur__isnull": True, f"{nom}_precision": Precision.INCONNU})
    renseignee = Q(**{f"{nom}_valeur__isnull": False, f"{nom}_valeur__gte": 0})
    connue = renseignee & ~Q(**{f"{nom}_precision": Precision.INCONNU})
    return models.CheckConstraint(
        condition=inconnue | connue,
        name=f"{table}_{nom}_connu_ou_vide",
        violation_error_message=(
            "Donnez un nombre positif avec sa précision, ou laissez vide si vous ne savez pas."
        ),
    )
