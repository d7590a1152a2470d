"""Lire plusieurs listes d'un coup : autant de tables qu'il faut, une seule requête SQL.

Une page n'a droit qu'à douze requêtes. Quand elle doit lire des tables sans rapport entre elles,
chacune devient une sous-requête qui rend ses lignes en JSON, relues ici comme les objets qu'elles
sont. Le nombre de lignes ne change rien au nombre de requêtes ; bornez les listes longues, et par
`only` les champs que l'on ne lira pas. Les objets liés ne sont pas lus : annotez ce qu'il en faut.
Un lot que Django sait vide d'avance (`none()`, `in=[]`) rend une liste vide.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, JSONField, QuerySet, Subquery

Lots = Mapping[str, QuerySet[Any]]


class _LignesEnJson(Subquery):
    """Chaque ligne en un objet JSON, par PostgreSQL : Django n'écrit pas la liste des champs."""

    template = "ARRAY(SELECT to_jsonb(ligne) FROM (%(subquery)s) AS ligne)"
    output_field = ArrayField(JSONField())


def lire_lots(racine: QuerySet[Any], lots: Lots) -> dict[str, list[Any]]:
    """Les objets de chaque lot, dans leur ordre, avec leurs annotations.

    `racine` désigne une ligne (une mission), à laquelle un lot se réfère par `OuterRef`. Sans
    elle, tout est vide.
    """
    colonnes = {f"lot_{nom}": _LignesEnJson(_en_valeurs(lignes)) for nom, lignes in lots.items()}
    lue = racine.order_by().values(**colonnes).first() or {}
    return {nom: _relire(lignes, lue.get(f"lot_{nom}") or ()) for nom, lignes in lots.items()}


def lire_ensemble(lots: Lots) -> dict[str, list[Any]]:
    """Comme `lire_lots`, sans racine : le SQL de chaque lot est écrit une fois, deux fois moins
    cher que d'en faire des sous-requêtes de Django.
    """
    ecrits = {nom: _ecrire(lignes) for nom, lignes in lots.items()}
    pleins = {nom: sql for nom, sql in ecrits.items() if sql}
    if not pleins:
        return {nom: [] for nom in lots}
    colonnes = ", ".join(
        f"(SELECT jsonb_agg(ligne) FROM ({sql}) AS ligne)"  # noqa: S608 - écrit par Django
        for sql, _ in pleins.values()
    )
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT {colonnes}", [p for _, params in pleins.values() for p in params])
        lus = dict(zip(pleins, curseur.fetchone(), strict=True))
    return {nom: _relire(lignes, json.loads(lus.get(nom) or "[]")) for nom, lignes in lots.items()}


def _ecrire(lignes: QuerySet[Any]) -> tuple[str, tuple[Any, ...]] | None:
    try:
        return _en_valeurs(lignes).query.sql_with_params()
    except EmptyResultSet:
        return None


def _en_valeurs(lignes: QuerySet[Any]) -> QuerySet[Any, Any]:
    return lignes.values(*_champs_lus(lignes), *lignes.query.annotations)


def _champs_lus(lignes: QuerySet[Any]) -> dict[str, Field[Any, Any]]:
    """Par colonne, les champs que ce lot lit : tous, sauf si `only` ou `defer` en ont écarté."""
    masque = lignes.query.get_select_mask()
    champs = lignes.model._meta.concrete_fields
    return {champ.attname: champ for champ in champs if not masque or champ in masque}


def _relire(lignes: QuerySet[Any], lues: Any) -> list[Any]:
    """Les objets que décrivent ces lignes ; chaque valeur JSON reprend le type de son champ."""
    champs = _champs_lus(lignes)
    annotations = lignes.query.annotations
    objets = []
    for ligne in lues:
        valeurs = [champ.to_python(ligne[nom]) for nom, champ in champs.items()]
        objet = lignes.model.from_db(lignes.db, list(champs), valeurs)
        for nom, expression in annotations.items():
            setattr(objet, nom, expression.output_field.to_python(ligne[nom]))
        objets.append(objet)
    return objets
