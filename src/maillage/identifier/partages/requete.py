"""La requête des besoins partagés : un seul aller-retour, quoi que l'on croise.

Tout part de `lus` : les besoins retenus, leur structure, leur date, leurs thèmes et la clé de la
colonne où ils se rangent. Une structure compte une fois par case, si souvent qu'elle le dise : on
réunit d'abord ce qu'elle dit, puis on la compte.
"""

from __future__ import annotations

from collections.abc import Mapping

COLONNES = {"lieu": "departement", "secteur": "secteur"}
"""Par axe, le champ d'un besoin qui dit sa colonne."""

_THEMES = """
SELECT theme, count(structure_id) AS structures, sum(dits) AS besoins,
    count(structure_id) FILTER (WHERE dernier >= %s) AS recentes,
    count(structure_id) FILTER (WHERE avant) AS avant
FROM (
    SELECT theme, structure_id, count(*) AS dits, max(date) AS dernier,
        bool_or(date >= %s AND date < %s) AS avant
    FROM dits GROUP BY 1, 2
) AS structures GROUP BY 1"""

_CASES = """
SELECT theme, cle, count(*) AS structures
FROM (SELECT DISTINCT theme, cle, structure_id FROM dits WHERE structure_id IS NOT NULL) AS dites
GROUP BY 1, 2"""

_SEMESTRES = """
SELECT annee, moitie, count(structure_id) AS structures
FROM (
    SELECT DISTINCT extract(year FROM date)::int AS annee,
        CASE WHEN extract(month FROM date) <= 6 THEN 1 ELSE 2 END AS moitie, structure_id
    FROM lus
) AS dites
GROUP BY 1, 2 ORDER BY 1, 2"""

_NOMS = {
    "lieu": "SELECT id AS cle, nom FROM territoires_territoire WHERE id IN (SELECT cle FROM lus)",
    "secteur": "SELECT WHERE false",
}


def composer(lus: str, axe: str) -> str:
    """Le SQL entier : par sujet (thèmes, cases, semestres, noms des colonnes) ses lignes en JSON.

    `lus` rend `structure_id`, `date`, `themes`, `cle`. Après les siens, ses paramètres : le premier
    jour de la dernière année, celui de l'année d'avant, et encore le premier.
    """
    sujets = {"themes": _THEMES, "cases": _CASES, "semestres": _SEMESTRES, "noms": _NOMS[axe]}
    return f"""
WITH lus AS MATERIALIZED ({lus}),
dits AS MATERIALIZED (SELECT unnest(themes) AS theme, structure_id, cle, date FROM lus)
{_reunir(sujets)}"""


def _reunir(sujets: Mapping[str, str]) -> str:
    colonnes = ", ".join(f"(SELECT json_agg(x)::text FROM ({sql}) AS x)" for sql in sujets.values())
    return f"SELECT {colonnes}"
