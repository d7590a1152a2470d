"""La requête des besoins partagés : un seul aller-retour, quoi que l'on croise.

`composer` part de `lus` : les besoins retenus, leur structure, leur date, leurs thèmes et la clé de
la colonne où ils se rangent. Une structure compte une fois par case, si souvent qu'elle le dise :
on réunit d'abord ce qu'elle dit, puis on la compte.

`composer_entier` dit la même chose de tout le pays, lue dans `identifier_cumul`
(docs/decisions/0022).
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
SELECT theme, coalesce(nullif(cle::text, ''), '?') AS cle, count(*) AS structures
FROM (SELECT DISTINCT theme, cle, structure_id FROM dits WHERE structure_id IS NOT NULL) AS dites
GROUP BY 1, 2"""

_PAR_THEME = (
    "SELECT theme, json_object_agg(cle, structures) AS cases FROM ({cases}) AS c GROUP BY 1"
)

_SEMESTRES = """
SELECT annee, moitie, count(structure_id) AS structures
FROM (
    SELECT DISTINCT date_part('year', date)::int AS annee,
        CASE WHEN date_part('month', date) <= 6 THEN 1 ELSE 2 END AS moitie, structure_id
    FROM lus
) AS dites
GROUP BY 1, 2 ORDER BY 1, 2"""

_NOMS = {
    "lieu": "SELECT id AS cle, nom FROM territoires_territoire WHERE id IN ({cles})",
    "secteur": "SELECT WHERE false",
}


def composer(lus: str, axe: str) -> str:
    """Le SQL entier : par sujet (thèmes, cases, semestres, noms des colonnes) ses lignes en JSON.

    `lus` rend `structure_id`, `date`, `themes`, `cle`. Après les siens, ses paramètres : le premier
    jour de la dernière année, celui de l'année d'avant, et encore le premier.
    """
    sujets = {
        "themes": _THEMES,
        "cases": _PAR_THEME.format(cases=_CASES),
        "semestres": _SEMESTRES,
        "noms": _NOMS[axe].format(cles="SELECT cle FROM lus"),
    }
    return f"""
WITH lus AS MATERIALIZED ({lus}),
dits AS MATERIALIZED (SELECT unnest(themes) AS theme, structure_id, cle, date FROM lus)
{_reunir(sujets)}"""


_DLA = """
dla AS (
    (SELECT operateur_id FROM identifier_signal ORDER BY 1 LIMIT 1)
    UNION ALL
    SELECT (
        SELECT s.operateur_id FROM identifier_signal s
        WHERE s.operateur_id > dla.operateur_id ORDER BY 1 LIMIT 1
    ) FROM dla WHERE dla.operateur_id IS NOT NULL
)"""
"""Ceux qui ont noté quelque chose : un pas dans l'index pour chacun, et non pour chaque besoin."""

_LIT_TOUT = """
NOT EXISTS (SELECT FROM dla WHERE operateur_id <> ALL(%(lus)s))
AND NOT EXISTS (
    SELECT FROM identifier_signal
    WHERE operateur_id = ANY(%(siens)s) AND partage IN ('en_cours', 'valide')
)"""
"""Aucun DLA n'est hors de portée ; aucun besoin ne se lit que parce qu'il est du sien."""

_THEMES_CUMULES = """
SELECT theme,
    sum(identifier_au(%(depuis)s, debut, valeurs)) FILTER (WHERE sujet = 'structures')
        AS structures,
    sum(identifier_au(%(depuis)s, debut, valeurs)) FILTER (WHERE sujet = 'besoins') AS besoins,
    sum(identifier_au(%(un_an)s, debut, valeurs)) FILTER (WHERE sujet = 'structures') AS recentes,
    CASE WHEN %(depuis)s > %(deux_ans)s THEN 0 ELSE
        sum(identifier_au(%(deux_ans)s, debut, valeurs)) FILTER (WHERE sujet = 'annee')
    END AS avant
FROM identifier_cumul
WHERE sujet IN ('structures', 'besoins', 'annee') AND theme <> '' AND %(theme)s IN ('', theme)
GROUP BY 1
HAVING sum(identifier_au(%(depuis)s, debut, valeurs)) FILTER (WHERE sujet = 'besoins') > 0"""

_CASES_CUMULEES = """
SELECT theme, coalesce(nullif(cle, ''), '?') AS cle,
    identifier_au(%(depuis)s, debut, valeurs) AS structures
FROM identifier_cumul
WHERE sujet = '{axe}' AND %(theme)s IN ('', theme)
    AND identifier_au(%(depuis)s, debut, valeurs) > 0"""

_SEMESTRES_CUMULES = """
SELECT mois / 12 AS annee, mois / 6 %% 2 + 1 AS moitie,
    coalesce(sum(identifier_au(mois, debut, valeurs)) FILTER (WHERE sujet = 'semestre'), 0)
        AS structures
FROM identifier_cumul, (
    SELECT greatest(premier, %(depuis)s) AS mois, premier + 6 AS suivant
    FROM generate_series(%(depuis)s - %(depuis)s %% 6, (
        SELECT max(debut + cardinality(valeurs)) FROM identifier_cumul
        WHERE sujet = 'besoins' AND theme = %(theme)s
    ), 6) AS premier
) AS semestres
WHERE theme = %(theme)s AND sujet IN ('semestre', 'besoins')
GROUP BY mois
HAVING sum(identifier_au(mois, debut, valeurs) - identifier_au(suivant, debut, valeurs))
    FILTER (WHERE sujet = 'besoins') > 0
ORDER BY mois"""


def composer_entier(axe: str) -> str:
    """Le même SQL pour tous les besoins libres ; aucune ligne pour qui n'en lit qu'une part.

    Ses paramètres : `lus`, `siens` (DLA), `theme` (vide : tous), et les mois `depuis`, `un_an`,
    `deux_ans` (année x 12 + mois - 1).
    """
    sujets = {
        "themes": _THEMES_CUMULES,
        "cases": _PAR_THEME.format(cases="SELECT * FROM cases"),
        "semestres": _SEMESTRES_CUMULES,
        "noms": _NOMS[axe].format(cles="SELECT cle::bigint FROM cases WHERE cle <> '?'"),
    }
    return f"""
WITH RECURSIVE {_DLA},
cases AS MATERIALIZED ({_CASES_CUMULEES.format(axe=axe)})
{_reunir(sujets)} WHERE {_LIT_TOUT}"""


def _reunir(sujets: Mapping[str, str]) -> str:
    colonnes = ", ".join(f"(SELECT json_agg(x)::text FROM ({sql}) AS x)" for sql in sujets.values())
    return f"SELECT {colonnes}"
