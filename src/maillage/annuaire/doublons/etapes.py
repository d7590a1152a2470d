"""Les gestes d'une réunion sur la base, écrits de façon à se défaire.

Quatre gestes, chacun avec son inverse : **déplacer** un lien, **retirer** une ligne (gardée en
entier), **ajouter** une ligne, **changer** un champ. De deux lignes qui se heurtent, celle qui
reste est un **témoin**. Une réunion est la suite de ces gestes ; l'annuler, c'est les défaire de
la fin au début. Un geste ne se défait que si la ligne est restée comme il l'a laissée.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import F

from maillage.annuaire.doublons.liens import Lien
from maillage.socle.modeles import ModeleSuivi

Etape = dict[str, Any]


TENUS = frozenset({"version", "modifie_le"})
"""Ce qu'un geste de la réunion change de lui-même."""


class AnnulationImpossible(Exception):
    """Ce que la réunion avait posé a changé depuis ; le message dit quoi."""


@dataclass(slots=True)
class Registre:
    """Fait les gestes et les retient, dans l'ordre."""

    etapes: list[Etape] = field(default_factory=list)

    def deplacer(self, lien: Lien, cle: Any, de: Any, vers: Any) -> None:
        """Fait pointer la ligne `cle` vers un autre objet."""
        _ecrire(lien.modele, cle, {lien.attname: vers})
        self.etapes.append(
            {
                "geste": "deplacer",
                "modele": lien.modele._meta.label_lower,
                "cle": str(cle),
                "champ": lien.attname,
                "de": str(de),
                "vers": str(vers),
            }
        )

    def retirer(self, objet: models.Model) -> None:
        """Supprime une ligne, sans suite : tout ce qui la désignait doit en être parti."""
        etat = _etat(objet)
        lu: Any = type(objet)._base_manager.filter(pk=objet.pk)
        lu._raw_delete(lu.db)
        self.etapes.append({"geste": "retirer", "etat": etat})

    def ajouter(self, objet: models.Model) -> None:
        """Écrit une ligne que la réunion demande."""
        objet.save(force_insert=True)
        self.etapes.append(
            {"geste": "ajouter", "modele": objet._meta.label_lower, "cle": str(objet.pk)}
        )

    def temoigner(self, objet: models.Model) -> None:
        """Retient une ligne gardée à la place d'une autre : si elle change, on ne sépare plus.

        Remettre l'autre telle qu'elle était déferait ce qui a été décidé depuis sur celle-ci.
        """
        self.etapes.append({"geste": "temoigner", "etat": _etat(objet)})

    def changer(self, objet: models.Model, champ: str, valeur: Any) -> None:
        """Écrit une valeur ; `champ` est le nom de la colonne côté Python."""
        avant = getattr(objet, champ)
        if avant == valeur:
            return
        _ecrire(type(objet), objet.pk, {champ: valeur})
        setattr(objet, champ, valeur)
        self.etapes.append(
            {
                "geste": "changer",
                "modele": objet._meta.label_lower,
                "cle": str(objet.pk),
                "champ": champ,
                "avant": _en_json(avant),
                "apres": _en_json(valeur),
            }
        )


def defaire(etapes: list[Etape]) -> None:
    """Remet l'état d'avant. Lève `AnnulationImpossible` si une ligne a changé depuis."""
    for etape in reversed(etapes):
        _INVERSES[etape["geste"]](etape)
    connection.check_constraints()


def retirees(etapes: list[Etape]) -> list[models.Model]:
    """Les lignes mises de côté par la réunion, telles qu'elles étaient (hors base)."""
    etats = [etape["etat"] for etape in etapes if etape["geste"] == "retirer"]
    return [lu.object for lu in serializers.deserialize("python", etats)]


def _deplacer_en_arriere(etape: Etape) -> None:
    modele = apps.get_model(etape["modele"])
    _verifier(modele, etape, etape["vers"])
    _ecrire(modele, etape["cle"], {etape["champ"]: etape["de"]})


def _remettre(etape: Etape) -> None:
    (lu,) = serializers.deserialize("python", [etape["etat"]])
    if type(lu.object)._base_manager.filter(pk=lu.object.pk).exists():
        raise AnnulationImpossible(f"« {lu.object} » est déjà revenu.")
    lu.save()


def _effacer(etape: Etape) -> None:
    """Levée depuis, elle n'est plus là : il n'y a rien à défaire."""
    apps.get_model(etape["modele"])._base_manager.filter(pk=etape["cle"]).delete()


def _changer_en_arriere(etape: Etape) -> None:
    modele = apps.get_model(etape["modele"])
    _verifier(modele, etape, etape["apres"])
    champ: Any = modele._meta.get_field(etape["champ"])
    avant = champ.target_field.to_python(etape["avant"]) if champ.is_relation else None
    valeur = avant if champ.is_relation else champ.to_python(etape["avant"])
    _ecrire(modele, etape["cle"], {etape["champ"]: valeur})


def _comparer(etape: Etape) -> None:
    """La ligne gardée est restée telle, hors ce que tient la machine."""
    etat = etape["etat"]
    modele = apps.get_model(etat["model"])
    objet = modele._base_manager.filter(pk=etat["pk"]).first()
    nom = modele._meta.verbose_name
    if objet is None:
        raise AnnulationImpossible(f"Un élément que la réunion avait gardé ({nom}) a disparu.")
    ecrits = _etat(objet)["fields"]
    if any(ecrits.get(c) != v for c, v in etat["fields"].items() if c not in TENUS):
        raise AnnulationImpossible(f"« {objet} » ({nom}) a changé depuis la réunion.")


_INVERSES = {
    "temoigner": _comparer,
    "deplacer": _deplacer_en_arriere,
    "retirer": _remettre,
    "ajouter": _effacer,
    "changer": _changer_en_arriere,
}


def _verifier(modele: type[models.Model], etape: Etape, attendu: Any) -> None:
    objet = modele._base_manager.filter(pk=etape["cle"]).first()
    nom = modele._meta.verbose_name
    if objet is None:
        raise AnnulationImpossible(f"Un élément que la réunion avait repris ({nom}) a disparu.")
    if _en_json(getattr(objet, etape["champ"])) != attendu:
        champ: Any = modele._meta.get_field(etape["champ"])
        raise AnnulationImpossible(
            f"« {objet} » ({nom}) a changé depuis la réunion : {champ.verbose_name}."
        )


def _ecrire(modele: type[models.Model], cle: Any, valeurs: dict[str, Any]) -> None:
    """Écrit sans passer par `save()` ; qui modifie l'objet en ce moment le saura (version)."""
    if issubclass(modele, ModeleSuivi):
        valeurs = {**valeurs, "version": F("version") + 1}
    modele._base_manager.filter(pk=cle).update(**valeurs)


class _Encodeur(DjangoJSONEncoder):
    """Celui de Django, sans perdre les microsecondes d'une date : on remet exactement."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _etat(objet: models.Model) -> Any:
    """Tous les champs d'une ligne, en JSON."""
    (etat,) = serializers.serialize("python", [objet])
    return _en_json(etat)


def _en_json(valeur: Any) -> Any:
    return json.loads(json.dumps(valeur, cls=_Encodeur))
