"""La requête du bilan : un seul aller-retour, quelle que soit la ventilation.

Tout part de la portée : les résumés des missions choisies. Une ventilation ajoute une ligne par
clé de son axe ; une mission y compte sous chacune de ses clés (ses DLA, ses territoires), et une
seule fois dans l'ensemble, dont la clé est vide.
"""

from __future__ import annotations

from collections.abc import Mapping

from maillage import methode
from maillage.engager.models import EtatFinancement
from maillage.socle.quantites import Precision
from maillage.territoires.models import Niveau

ENSEMBLE = ""
NON_DIT = "non_dit"
PLUS_LARGE = "plus_large"
CREDITS_DLA = "credits_dla"
APPROCHES = (Precision.ENVIRON, Precision.AU_MOINS, Precision.PRESQUE)
UNITES = {
    "sans_nom": "",
    "jours": "jour",
    "cout": "€",
    "attente": "mois",
    "duree": "mois",
    "delai": "mois",
}

DERNIERE_ANNEE = "annee_dite AND annee = (SELECT max(annee) FROM toutes WHERE annee_dite)"
DE_A = "annee_dite AND annee BETWEEN %s AND %s"
SANS_ANNEE = "NOT annee_dite"
TOUJOURS = "true"


def types() -> list[tuple[str, str]]:
    """Les types d'ingénierie (S3, fiche 2), et celui que la mission ne dit pas."""
    return [*methode.choix("ingenieries.types"), (NON_DIT, "Type non dit")]


def familles() -> list[tuple[str, str]]:
    """Les crédits du DLA, les sept familles de la méthode, et ce que la source ne dit pas."""
    return [
        (CREDITS_DLA, "Crédits d’ingénierie du DLA"),
        *methode.choix("financement.familles"),
        (NON_DIT, "Famille non dite"),
    ]


def composer(missions: str | None, periode: str, axe: str) -> str:
    """Le SQL entier ; chaque ligne rendue porte son sujet et ses valeurs en JSON.

    `missions` choisit leurs identifiants (None : toutes), `periode` en garde certaines années. Un
    périmètre coûte à calculer : gardé une fois ; toutes les missions se relisent par leurs index.
    """
    choisies = f"WHERE mission_id IN ({missions})" if missions else ""
    union = f"UNION ALL {AXES[axe]}" if axe else ""
    sujets = {"annees": _ANNEES, "chiffres": _chiffres(), "nommees": _NOMMEES, "apports": _APPORTS}
    return f"""
WITH toutes AS {"" if missions else "NOT"} MATERIALIZED (
    SELECT * FROM piloter_resumedemission {choisies}
),
portee AS MATERIALIZED (SELECT * FROM toutes WHERE {periode}),
axes(mission_id, cle, libelle) AS (SELECT mission_id, '{ENSEMBLE}', '' FROM portee {union})
{_reunir(sujets)}"""


def _reunir(sujets: Mapping[str, str]) -> str:
    return "\nUNION ALL\n".join(
        f"SELECT '{sujet}', row_to_json(x)::text FROM ({sql}) x" for sujet, sql in sujets.items()
    )


def composer_entier(periode: str, axe: str) -> str:
    """Le même SQL pour toutes les missions de l'instance, lu dans leurs cumuls par année.

    `axe` : « annee », ou vide. Rend exactement ce que rend `composer` sans missions.
    """
    sujets = {
        "annees": _ANNEES_CUMULEES,
        "chiffres": _chiffres_cumules(),
        "nommees": _NOMMEES_PAR_ANNEE if axe else _NOMMEES_CUMULEES,
        "apports": _APPORTS_CUMULES,
    }
    cles = "(''), (cle_d_annee)" if axe else "('')"
    return f"""
WITH toutes AS (SELECT * FROM piloter_cumul),
portee AS MATERIALIZED (
    SELECT *, CASE WHEN annee_dite THEN annee::text ELSE '{NON_DIT}' END AS cle_d_annee,
        piloter_bit(annee, annee_dite) AS bit
    FROM toutes WHERE {periode}
),
axes AS NOT MATERIALIZED (SELECT portee.*, cle FROM portee, LATERAL (VALUES {cles}) cles(cle))
{_reunir(sujets)}"""


CUMULES = frozenset({"", "annee"})
"""Les ventilations que les cumuls savent dire."""


def composer_ventilation(periode: str, axe: str) -> str:
    """Les seules lignes d'une ventilation de toutes les missions : le reste est cumulé."""
    return f"""
WITH toutes AS NOT MATERIALIZED (SELECT * FROM piloter_resumedemission),
portee AS MATERIALIZED (SELECT * FROM toutes WHERE {periode}),
axes(mission_id, cle, libelle) AS ({AXES[axe]})
{_reunir({"chiffres": _chiffres(), "nommees": _NOMMEES})}"""


def _par_territoire(niveau: Niveau) -> str:
    return f"""
    SELECT DISTINCT p.mission_id, coalesce(z.id::text, '{PLUS_LARGE}'),
        z.nom || ' ({niveau.label} ' || z.code || ')'
    FROM portee p
    JOIN ingenieries_ingenierie_territoires lieu ON lieu.ingenierie_id = p.mission_id
    JOIN territoires_territoire t ON t.id = lieu.territoire_id
    LEFT JOIN territoires_territoire z ON z.id = ANY(t.chemin) AND z.niveau = '{niveau}'"""


AXES: Mapping[str, str] = {
    "annee": f"""
    SELECT mission_id, CASE WHEN annee_dite THEN annee::text ELSE '{NON_DIT}' END, ''
    FROM portee""",
    "operateur": """
    SELECT p.mission_id, o.id::text, o.nom
    FROM portee p, unnest(p.operateurs) dla JOIN annuaire_organisation o ON o.id = dla""",
    "region": _par_territoire(Niveau.REGION),
    "departement": _par_territoire(Niveau.DEPARTEMENT),
    "secteur": f"SELECT mission_id, coalesce(nullif(secteur, ''), '{NON_DIT}'), '' FROM portee",
}
"""Pour chaque axe : la mission, la clé sous laquelle elle compte, et son nom s'il est en base."""

_ANNEES = """
SELECT annee, annee_dite, count(*) AS missions,
    count(*) FILTER (WHERE nature = 'collective') AS collectives
FROM toutes WHERE NOT abandonnee GROUP BY annee, annee_dite"""

_SOMMES = ",\n    ".join(
    f"sum({q}_valeur) AS {q}, count({q}_valeur) AS {q}_connues, "
    + ", ".join(f"count(*) FILTER (WHERE {q}_precision = '{p}') AS {q}_{p}" for p in APPROCHES)
    for q in UNITES
)


def _chiffres() -> str:
    par_type = ", ".join(
        "count(*) FILTER (WHERE type_ingenierie = "
        f"'{'' if code == NON_DIT else code}') AS type_{code}"
        for code, _ in types()
    )
    return f"""
SELECT a.cle, min(a.libelle) AS libelle, p.abandonnee, count(*) AS missions,
    count(*) FILTER (WHERE nature = 'collective') AS collectives, {par_type},
    {_SOMMES}
FROM axes a JOIN portee p USING (mission_id)
GROUP BY a.cle, p.abandonnee"""


_NOMMEES = """
SELECT cle, count(*) AS nommees
FROM (
    SELECT DISTINCT a.cle, structure
    FROM axes a JOIN portee p USING (mission_id), unnest(p.structures) structure
    WHERE NOT p.abandonnee
) distinctes
GROUP BY cle"""

_APPORTS = f"""
SELECT famille, acquis, count(*) AS tous, sum(euros) AS euros, count(euros) AS connus,
    count(*) FILTER (WHERE euros IS NULL AND part_valeur IS NOT NULL) AS parts,
    {", ".join(f"count(euros) FILTER (WHERE precision = '{p}') AS {p}" for p in APPROCHES)}
FROM (
    SELECT f.part_valeur,
        CASE WHEN f.credits_dla THEN '{CREDITS_DLA}'
            ELSE coalesce(nullif(f.famille, ''), '{NON_DIT}') END AS famille,
        f.etat IN ('{EtatFinancement.ACCORDE}', '{EtatFinancement.VERSE}') AS acquis,
        coalesce(
            f.montant_valeur,
            CASE WHEN p.cout_precision <> '{Precision.AU_MOINS}'
                THEN round(p.cout_valeur * f.part_valeur / 100, 2) END
        ) AS euros,
        CASE
            WHEN f.montant_valeur IS NOT NULL THEN f.montant_precision
            WHEN f.part_precision = 'exact' AND p.cout_precision = 'exact' THEN 'exact'
            ELSE '{Precision.ENVIRON}'
        END AS precision
    FROM portee p
    JOIN engager_financement f ON f.ingenierie_id = p.mission_id
    WHERE NOT p.abandonnee
        AND f.etat NOT IN ('{EtatFinancement.REFUSE}', '{EtatFinancement.PRESSENTI}')
) apports
GROUP BY famille, acquis"""

_ANNEES_CUMULEES = """
SELECT annee, annee_dite, sum(missions) AS missions, sum(collectives) AS collectives
FROM toutes WHERE NOT abandonnee GROUP BY annee, annee_dite"""


def _chiffres_cumules() -> str:
    mesures = [
        "missions",
        "collectives",
        *(f"type_{code}" for code, _ in types()),
        *(
            f"{q}{suite}"
            for q in UNITES
            for suite in ("", "_connues", *(f"_{p}" for p in APPROCHES))
        ),
    ]
    sommes = ", ".join(f"sum({mesure}) AS {mesure}" for mesure in mesures)
    return f"SELECT cle, '' AS libelle, abandonnee, {sommes} FROM axes GROUP BY cle, abandonnee"


_NOMMEES_CUMULEES = f"""
SELECT '{ENSEMBLE}' AS cle, count(*) AS nommees
FROM piloter_structuretouchee
WHERE annees & (SELECT bit_or(bit) FROM portee WHERE NOT abandonnee) <> 0"""
_NOMMEES_PAR_ANNEE = f"""{_NOMMEES_CUMULEES}
UNION ALL
SELECT cle_d_annee, sum(structures)
FROM (SELECT DISTINCT cle_d_annee, bit FROM portee WHERE NOT abandonnee) annees
JOIN piloter_cumulstructures USING (bit)
GROUP BY cle_d_annee"""

_APPORTS_CUMULES = f"""
SELECT famille, acquis, sum(tous) AS tous, sum(euros) AS euros, sum(connus) AS connus,
    sum(parts) AS parts, {", ".join(f"sum({p}) AS {p}" for p in APPROCHES)}
FROM piloter_cumulapports
WHERE (annee, annee_dite) IN (SELECT annee, annee_dite FROM portee)
GROUP BY famille, acquis"""
