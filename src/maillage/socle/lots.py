"""Lire plusieurs listes d'un coup : autant de tables qu'il faut, une seule requête SQL.

Une page n'a droit qu'à douze requêtes. Quand elle doit lire des tables sans rapport entre elles,
chacune devient une sous-requête qui rend ses lignes en JSON, relues ici comme les objets qu'elles
sont. Le nombre de lignes ne change rien au nombre de requêtes ; bornez les listes longues, et par
`only` les champs que l'on ne lira pas. Les objets liés ne sont pas lus : annotez ce qu'il en faut.
Un lot que Django sait vide d'avance (`none()`, `in=[]`) rend une liste vide ; un lot de `values`
groupées rend des dictionnaires.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, JSONField, Model, QuerySet, Subquery

Lots = Mapping[str, QuerySet[Any]]
Lus = Mapping[str, list[Any]]


class _LignesEnJson(Subquery):
    """Chaque ligne en un objet JSON, par PostgreSQL : Django n'écrit pas la liste des champs."""

    template = "ARRAY(SELECT to_jsonb(ligne) FROM (%(subquery)s) AS ligne)"
    output_field = ArrayField(JSONField())


@dataclass(frozen=True, slots=True)
class _Forme:
    """De quoi relire les lignes d'un lot, la question oubliée ; sans modèle, des dictionnaires."""

    modele: type[Model] | None
    champs: dict[str, Field[Any, Any]]
    annotations: dict[str, Field[Any, Any]]

    @classmethod
    def de(cls, lignes: QuerySet[Any]) -> _Forme:
        annotations = {nom: e.output_field for nom, e in lignes.query.annotations.items()}
        if _est_en_valeurs(lignes):
            return cls(None, {}, annotations)
        return cls(lignes.model, _champs_lus(lignes), annotations)

    def relire(self, lues: Any) -> list[Any]:
        """Les objets que décrivent ces lignes ; chaque valeur JSON reprend le type de son champ."""
        return [self._objet(ligne) for ligne in lues]

    def _objet(self, ligne: dict[str, Any]) -> Any:
        annotees = {nom: champ.to_python(ligne[nom]) for nom, champ in self.annotations.items()}
        if self.modele is None:
            return {**ligne, **annotees}
        valeurs = [champ.to_python(ligne[nom]) for nom, champ in self.champs.items()]
        objet = self.modele.from_db(connection.alias, list(self.champs), valeurs)
        for nom, valeur in annotees.items():
            setattr(objet, nom, valeur)
        return objet


class Ensemble:
    """Des lots prêts à lire d'un coup, autant de fois que l'on veut.

    Le SQL est écrit à la construction : c'est le plus cher, et il ne change pas tant que les mêmes
    questions se posent.
    """

    def __init__(self, lots: Lots) -> None:
        ecrits = {nom: _ecrire(lignes) for nom, lignes in lots.items()}
        self._noms = list(lots)
        self._formes = {nom: _Forme.de(lots[nom]) for nom, sql in ecrits.items() if sql}
        pleins = [ecrit for ecrit in ecrits.values() if ecrit]
        colonnes = ", ".join(
            f"(SELECT jsonb_agg(ligne) FROM ({sql}) AS ligne)"  # noqa: S608 - écrit par Django
            for sql, _ in pleins
        )
        self._sql = f"SELECT {colonnes}"
        self._parametres = [p for _, parametres in pleins for p in parametres]

    def lire(self) -> dict[str, list[Any]]:
        """Une requête, ou aucune si Django sait tout vide."""
        lus: dict[str, list[Any]] = {nom: [] for nom in self._noms}
        if self._formes:
            with connection.cursor() as curseur:
                curseur.execute(self._sql, self._parametres)
                ligne = curseur.fetchone()
            for (nom, forme), trouvees in zip(self._formes.items(), ligne, strict=True):
                lus[nom] = forme.relire(json.loads(trouvees or "[]"))
        return lus


def lire_lots(racine: QuerySet[Any], lots: Lots) -> dict[str, list[Any]]:
    """Les objets de chaque lot, dans leur ordre, avec leurs annotations.

    `racine` désigne une ligne (une mission), à laquelle un lot se réfère par `OuterRef`. Sans
    elle, tout est vide.
    """
    colonnes = {f"lot_{nom}": _LignesEnJson(_en_valeurs(lignes)) for nom, lignes in lots.items()}
    lue = racine.order_by().values(**colonnes).first() or {}
    return {nom: _Forme.de(lot).relire(lue.get(f"lot_{nom}") or ()) for nom, lot in lots.items()}


def lire_ensemble(lots: Lots) -> dict[str, list[Any]]:
    """Comme `lire_lots`, sans racine : le SQL de chaque lot est écrit une fois, deux fois moins
    cher que d'en faire des sous-requêtes de Django.
    """
    return Ensemble(lots).lire()


def _ecrire(lignes: QuerySet[Any]) -> tuple[str, tuple[Any, ...]] | None:
    try:
        return _en_valeurs(lignes).query.sql_with_params()
    except EmptyResultSet:
        return None


def _est_en_valeurs(lignes: QuerySet[Any]) -> bool:
    return lignes._fields is not None  # type: ignore[attr-defined]


def _en_valeurs(lignes: QuerySet[Any]) -> QuerySet[Any, Any]:
    if _est_en_valeurs(lignes):
        return lignes
    return lignes.values(*_champs_lus(lignes), *lignes.query.annotations)


def _champs_lus(lignes: QuerySet[Any]) -> dict[str, Field[Any, Any]]:
    """Par colonne, les champs que ce lot lit : tous, sauf si `only` ou `defer` en ont écarté."""
    masque = lignes.query.get_select_mask()
    champs = lignes.model._meta.concrete_fields
    return {champ.attname: champ for champ in champs if not masque or champ in masque}
