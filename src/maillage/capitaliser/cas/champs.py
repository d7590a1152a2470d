"""Les champs qu'un fichier de cas porte : lus dans les modèles, jamais répétés.

Un seul parcours sert à remplir, à exporter et à publier le schéma : ce que l'on sait lire est ce
que l'on sait écrire.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models.fields.related import ForeignKey, ManyToManyField

from maillage.socle.formulaires import lire_quantite
from maillage.socle.quantites import Precision, Quantite, QuantiteField
from maillage.territoires.models import Territoire

TENUS = frozenset({"id", "version", "cree_le", "modifie_le", "ingenierie"})
"""Ce que la maison tient elle-même : un fichier n'en dit rien."""
SIMPLES = (str, int, float, date, time, type(None))
"""Ce qu'un fichier sait dire sans liste ni table ; `bool` est un entier, un instant une date."""


@dataclass(frozen=True, slots=True)
class Champ:
    """Un champ d'un modèle, tel qu'il s'écrit dans un cas."""

    nom: str
    descripteur: Any

    @property
    def quantite(self) -> bool:
        return isinstance(self.descripteur, QuantiteField)

    @property
    def lie(self) -> type[models.Model] | None:
        """Le modèle que désigne ce champ ; l'objet s'y écrit par son nom ou son code."""
        if isinstance(self.descripteur, ForeignKey | ManyToManyField):
            modele: type[models.Model] = self.descripteur.remote_field.model
            return modele
        return None

    @property
    def multiple(self) -> bool:
        return isinstance(self.descripteur, ManyToManyField)

    @property
    def liste(self) -> bool:
        return isinstance(self.descripteur, ArrayField)

    def lire(self, ecrit: Any) -> Any:
        """La valeur d'un champ sans lien. Lève `ValidationError` si elle ne se comprend pas."""
        if self.liste and not isinstance(ecrit, list | None):
            raise ValidationError("écrivez une liste.")
        if not all(isinstance(v, SIMPLES) for v in (ecrit or [] if self.liste else [ecrit])):
            raise ValidationError("ce n’est pas compris : écrivez une valeur simple.")
        if self.quantite:
            return lire_quantite("" if ecrit is None else str(ecrit), self.descripteur.unite)
        try:
            return self.descripteur.to_python(ecrit.strip() if isinstance(ecrit, str) else ecrit)
        except (TypeError, ValueError, OverflowError) as erreur:
            raise ValidationError(f"« {ecrit} » ne se lit pas ici.") from erreur

    def ecrire(self, objet: models.Model) -> Any:
        """Ce qu'un fichier en dit ; None quand il n'y a rien à dire."""
        valeur = getattr(objet, self.nom)
        if self.multiple:
            return sorted(nommer(lie) for lie in valeur.all()) or None
        if self.quantite:
            return ecrire_quantite(valeur)
        if self.lie:
            return None if valeur is None else nommer(valeur)
        if valeur in ("", None, []) or self._va_de_soi(valeur):
            return None
        return valeur.strftime("%H:%M") if isinstance(valeur, time) else _simple(valeur)

    def _va_de_soi(self, valeur: Any) -> bool:
        """Vrai pour la valeur par défaut ; « aujourd'hui » n'en est pas une, il change demain."""
        defaut = self.descripteur.default
        return not callable(defaut) and bool(valeur == defaut)


def _simple(valeur: Any) -> Any:
    if isinstance(valeur, list):
        return [_simple(v) for v in valeur]
    return valeur if isinstance(valeur, bool | int | date) else str(valeur)


def nommer(objet: Any) -> str:
    """« departement:25 » pour un territoire, son nom pour tout autre objet."""
    return f"{objet.niveau}:{objet.code}" if isinstance(objet, Territoire) else str(objet)


def ecrire_quantite(quantite: Quantite) -> int | float | str | None:
    """27, 2.5, « environ 20 » ; None quand elle est inconnue."""
    if quantite.valeur is None:
        return None
    entiere = quantite.valeur == quantite.valeur.to_integral_value()
    nombre = int(quantite.valeur) if entiere else float(quantite.valeur)
    exacte = quantite.precision == Precision.EXACT
    return nombre if exacte else f"{quantite.precision.label} {nombre}"


@cache
def champs(modele: type[models.Model], seulement: tuple[str, ...] = ()) -> dict[str, Champ]:
    """Les champs d'un modèle, dans son ordre ; `seulement` n'en garde que certains."""
    tous = {nom: Champ(nom, descripteur) for nom, descripteur in _descripteurs(modele)}
    return {nom: tous[nom] for nom in seulement} if seulement else tous


def champ(modele: type[models.Model], nom: str, seulement: tuple[str, ...] = ()) -> Champ:
    """Le champ de ce nom. Lève `FieldDoesNotExist` si un fichier n'a pas à en parler."""
    try:
        return champs(modele, seulement)[nom]
    except KeyError as erreur:
        raise FieldDoesNotExist(nom) from erreur


def _descripteurs(modele: type[models.Model]) -> list[tuple[str, Any]]:
    """Les champs éditables, dans l'ordre du modèle ; une quantité en est un, non deux colonnes."""
    trouves: dict[str, Any] = {}
    for descripteur in [*modele._meta.concrete_fields, *modele._meta.many_to_many]:
        racine = descripteur.name.removesuffix("_valeur").removesuffix("_precision")
        quantite = vars(modele).get(racine)
        if isinstance(quantite, QuantiteField):
            trouves[racine] = quantite
        elif descripteur.editable and descripteur.name not in TENUS:
            trouves[descripteur.name] = descripteur
    ordre = list(vars(modele))
    return sorted(trouves.items(), key=lambda trouve: ordre.index(trouve[0]))
