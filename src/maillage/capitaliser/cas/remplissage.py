"""Remplir un objet du domaine depuis une table YAML, et dire à quelle ligne cela bloque."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from maillage.capitaliser.cas.champs import Champ, champ
from maillage.capitaliser.cas.lecture import CasRefuse, Table
from maillage.territoires.models import Territoire

M = TypeVar("M", bound=models.Model)
Liens = dict[str, list[Any]]


@dataclass
class Remplissage:
    """Un fichier en cours de lecture ; `reperes` : les objets déjà lus, par modèle et par nom."""

    fichier: str
    reperes: dict[tuple[type[models.Model], str], models.Model] = field(default_factory=dict)

    def refuser(self, table: Table, chemin: str, raison: str, cle: str = "") -> CasRefuse:
        """Le refus d'une clé de cette table ; `chemin` dit où elle se trouve dans le fichier."""
        champ_ = ".".join(filter(None, [chemin, cle]))
        return CasRefuse(self.fichier, table.ou(cle), champ_, raison)

    def reperer(self, objet: models.Model, nom: str = "") -> None:
        """Le rend désignable dans la suite du fichier, par son nom ou celui qu'on lui donne ici."""
        self.reperes[type(objet), nom or str(objet)] = objet

    def remplir(
        self,
        objet: M,
        table: Table,
        chemin: str,
        *,
        seulement: tuple[str, ...] = (),
        sauf: Collection[str] = (),
    ) -> Liens:
        """Pose chaque clé sur le champ du même nom, vérifie les règles du modèle, rend les liens.

        `seulement` : les champs qu'un fichier peut dire ; `sauf` : les clés lues ailleurs. Les
        liens multiples ne se posent qu'une fois l'objet enregistré. Lève `CasRefuse` pour un champ
        inconnu, une valeur illisible ou une règle non tenue.
        """
        liens: Liens = {}
        for cle in [cle for cle in table if cle not in sauf]:
            try:
                ou = champ(type(objet), cle, seulement)
                if ou.multiple:
                    liens[cle] = [self._designe(ou, nom) for nom in _liste(table[cle])]
                else:
                    lie = self._designe(ou, table[cle]) if ou.lie else ou.lire(table[cle])
                    setattr(objet, cle, lie)
            except FieldDoesNotExist as erreur:
                raise self.refuser(table, chemin, "ce champ n’existe pas.", cle) from erreur
            except ValidationError as erreur:
                raise self.refuser(table, chemin, " ".join(erreur.messages), cle) from erreur
        self.controler(objet, table, chemin)
        self.reperer(objet)
        return liens

    def controler(self, objet: models.Model, table: Table, chemin: str) -> None:
        """Les règles du modèle, chacune rapportée à la ligne du champ en faute."""
        try:
            objet.full_clean()
        except ValidationError as erreur:
            cle, messages = next(iter(erreur.message_dict.items()))
            cle = cle.removesuffix("_valeur").removesuffix("_precision")
            connue = "" if cle == "__all__" else cle
            raise self.refuser(table, chemin, " ".join(messages), connue) from erreur

    def _designe(self, ou: Champ, nom: Any) -> models.Model:
        """L'objet de ce nom. Lève `ValidationError` s'il n'est ni chargé ni décrit plus haut."""
        if ou.lie is Territoire:
            return _territoire(str(nom))
        assert ou.lie is not None  # noqa: S101 - garanti par l'appelant
        trouve = self.reperes.get((ou.lie, str(nom)))
        if trouve is None:
            raise ValidationError(f"« {nom} » n’est décrit nulle part dans ce fichier.")
        return trouve


def _liste(ecrit: Any) -> list[Any]:
    if not isinstance(ecrit, list):
        raise ValidationError("écrivez une liste.")
    return ecrit


def _territoire(ecrit: str) -> Territoire:
    """« departement:25 » → le Doubs."""
    niveau, _, code = ecrit.partition(":")
    try:
        return Territoire.objects.de(niveau, code)
    except Territoire.DoesNotExist as erreur:
        raise ValidationError(
            f"« {ecrit} » n’est pas un territoire chargé (par exemple « departement:25 »)."
        ) from erreur
