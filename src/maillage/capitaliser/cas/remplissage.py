"""Remplir un objet du domaine depuis une table YAML, et dire à quelle ligne cela bloque."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from maillage.annuaire.models import Organisation
from maillage.capitaliser.cas.lecture import CasRefuse, Table
from maillage.socle.formulaires import lire_quantite
from maillage.socle.quantites import QuantiteField
from maillage.territoires.models import Territoire

M = TypeVar("M", bound=models.Model)


@dataclass
class Remplissage:
    """Un fichier en cours de lecture : son nom, et ce que ses clés désignent.

    `organisations` : par clé du fichier ; `reperes` : les autres objets, par modèle et nom.
    """

    fichier: str
    organisations: dict[str, Organisation] = field(default_factory=dict)
    reperes: dict[tuple[type[models.Model], str], models.Model] = field(default_factory=dict)

    def refuser(self, table: Table, chemin: str, raison: str, cle: str = "") -> CasRefuse:
        """Le refus d'une clé de cette table ; `chemin` dit où elle se trouve dans le fichier."""
        champ = ".".join(filter(None, [chemin, cle]))
        return CasRefuse(self.fichier, table.ou(cle), champ, raison)

    def remplir(self, objet: M, table: Table, chemin: str, sauf: Collection[str] = ()) -> M:
        """Pose chaque clé sur le champ du même nom, puis vérifie toutes les règles du modèle.

        Lève `CasRefuse` pour un champ inconnu, une valeur illisible ou une règle non tenue.
        """
        for cle in table.keys() - set(sauf):
            try:
                setattr(objet, cle, self._valeur(type(objet), cle, table[cle]))
            except FieldDoesNotExist as erreur:
                raise self.refuser(table, chemin, "ce champ n’existe pas.", cle) from erreur
            except KeyError as erreur:
                raison = f"« {table[cle]} » n’est décrit nulle part dans ce fichier."
                raise self.refuser(table, chemin, raison, cle) from erreur
            except ValidationError as erreur:
                raise self.refuser(table, chemin, " ".join(erreur.messages), cle) from erreur
        self.controler(objet, table, chemin)
        self.reperes[type(objet), str(objet)] = objet
        return objet

    def controler(self, objet: models.Model, table: Table, chemin: str) -> None:
        """Les règles du modèle, chacune rapportée à la ligne du champ en faute."""
        try:
            objet.full_clean()
        except ValidationError as erreur:
            cle, messages = next(iter(erreur.message_dict.items()))
            cle = cle.removesuffix("_valeur").removesuffix("_precision")
            connue = "" if cle == "__all__" else cle
            raise self.refuser(table, chemin, " ".join(messages), connue) from erreur

    def territoires(self, table: Table, chemin: str) -> list[Territoire]:
        """« departement:25 » → le Doubs."""
        return [self._territoire(table, chemin, code) for code in table.get("territoires", [])]

    def _territoire(self, table: Table, chemin: str, code: str) -> Territoire:
        niveau, _, numero = str(code).partition(":")
        try:
            return Territoire.objects.de(niveau, numero)
        except Territoire.DoesNotExist as erreur:
            raison = f"« {code} » n’est pas un territoire chargé (par exemple « departement:25 »)."
            raise self.refuser(table, chemin, raison, "territoires") from erreur

    def _valeur(self, modele: type[models.Model], cle: str, ecrit: Any) -> Any:
        descripteur = vars(modele).get(cle)
        if isinstance(descripteur, QuantiteField):
            return lire_quantite("" if ecrit is None else str(ecrit), descripteur.unite)
        champ: Any = modele._meta.get_field(cle)
        if not champ.concrete or champ.many_to_many:
            raise FieldDoesNotExist(cle)
        if champ.remote_field:
            lie = champ.remote_field.model
            est_organisation = lie is Organisation
            return self.organisations[ecrit] if est_organisation else self.reperes[lie, str(ecrit)]
        if isinstance(ecrit, str):
            ecrit = ecrit.strip()
        return champ.to_python(ecrit)
