"""Lire plusieurs listes d'un coup : autant de tables qu'il faut, une seule requête SQL.

Une page n'a droit qu'à douze requêtes. Quand elle doit lire des tables sans rapport entre elles,
chacune devient une sous-requête qui rend ses lignes en JSON, relues ici comme les objets qu'elles
sont. Le nombre de lignes ne change rien au nombre de requêtes ; bornez les listes longues.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField, QuerySet, Subquery


class _LignesEnJson(Subquery):
    """Chaque ligne en un objet JSON, par PostgreSQL : Django n'écrit pas la liste des champs."""

    template = "ARRAY(SELECT to_jsonb(ligne) FROM (%(subquery)s) AS ligne)"
    output_field = ArrayField(JSONField())


def lire_lots(racine: QuerySet[Any], lots: Mapping[str, QuerySet[Any]]) -> dict[str, list[Any]]:
    """Les objets de chaque lot, dans leur ordre, avec leurs annotations.

    `racine` désigne une ligne (une mission, un compte) ; un lot peut s'y référer par `OuterRef`.
    Les objets liés ne sont pas lus : annotez ce dont vous avez besoin. Sans racine, tout est vide ;
    un lot que Django sait vide d'avance (`none()`, `in=[]`) l'est aussi.
    """
    sous_requetes = {f"lot_{nom}": _en_json(lignes) for nom, lignes in lots.items()}
    lue = racine.order_by().values(**sous_requetes).first() or {}
    return {
        nom: [_relire(lignes, ligne) for ligne in lue.get(f"lot_{nom}") or ()]
        for nom, lignes in lots.items()
    }


def _en_json(lignes: QuerySet[Any]) -> _LignesEnJson:
    colonnes = [champ.attname for champ in lignes.model._meta.concrete_fields]
    return _LignesEnJson(lignes.values(*colonnes, *lignes.query.annotations))


def _relire(lignes: QuerySet[Any], ligne: dict[str, Any]) -> Any:
    """L'objet que décrit une ligne ; chaque valeur JSON reprend le type de son champ."""
    champs = {champ.attname: champ for champ in lignes.model._meta.concrete_fields}
    objet = lignes.model(**{nom: champ.to_python(ligne[nom]) for nom, champ in champs.items()})
    objet._state.adding = False
    for nom, expression in lignes.query.annotations.items():
        setattr(objet, nom, expression.output_field.to_python(ligne[nom]))
    return objet
