"""Refaire l'index de recherche et le vocabulaire d'après le registre, sans gêner qui cherche.

Tout se bâtit à côté, puis prend la place de l'ancien en un instant ; interrompu, rien n'a changé.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from maillage.annuaire.models import EntreeDuRegistre, MotDuVocabulaire
from maillage.annuaire.recherche.deduction import OBJETS_SOCIAUX, du_code_naf, table
from maillage.annuaire.recherche.mots import MOT_LONG

Avancement = Callable[[str, int, int], None]
"""Reçoit ce qui commence, son rang à partir de zéro, et le nombre d'étapes."""

_VERROU = 410
ACCENTS = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿ’'-"
SANS_ACCENT = "AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyy   "

_REMPLIR = """
INSERT INTO {neuve} (
    numero, siren, nom, sigle, nom_normalise, active, creee_en, lieu, commune_id, secteur, branche,
    categorie_juridique, tranche_effectifs, mots, objet
)
SELECT numero, siren, nom, sigle, nom_normalise, active, creee_en, lieu, commune_id,
    coalesce(secteur, ''), coalesce(branche, ''), forme, tranche,
    array_to_tsvector(
        annuaire_mots(concat_ws(' ', nom_normalise, commune, code_postal))
        || array_remove(ARRAY[
            'secteur:' || secteur, 'branche:' || nullif(branche, ''), 'forme:' || nullif(forme, ''),
            'taille:' || nullif(tranche, ''), 'creee:' || creee_en,
            'etat:' || CASE WHEN active THEN 'active' ELSE 'fermee' END
        ], NULL)
        || ARRAY(SELECT 'dans:' || lieu FROM unnest(chemin) AS lieu)
    ),
    to_tsvector('french', lower(translate(objet, %(accents)s, %(sans)s)))
FROM (SELECT * FROM (
    SELECT a.numero, coalesce(nullif(a.siren, ''), u.siren, '') AS siren, a.nom, a.sigle,
        a.nom_normalise, a.etat = 'active' AS active, a.creee_le, a.objet, a.code_postal,
        coalesce(t.nom, a.libelle_commune) AS lieu, a.commune_id, t.nom_normalise AS commune,
        t.chemin, o.secteur, o.branche,
        coalesce(nullif(u.categorie_juridique, ''),
            CASE a.nature WHEN 'R' THEN '9230' ELSE '9220' END) AS forme,
        coalesce(u.tranche_effectifs, '') AS tranche
    FROM annuaire_associationrna a
    LEFT JOIN territoires_territoire t ON t.id = a.commune_id
    LEFT JOIN (
        SELECT DISTINCT ON (rna) * FROM annuaire_unitelegale WHERE rna <> '' ORDER BY rna, siren
    ) u ON u.rna = a.numero
    LEFT JOIN unnest(%(objets)s::text[], %(secteurs)s::text[], %(branches)s::text[])
        AS o(code, secteur, branche) ON o.code = a.objet_social1
    UNION ALL
    SELECT u.siren, u.siren, u.nom, u.sigle, u.nom_normalise, u.etat = 'actif', u.creee_le, '',
        e.code_postal, coalesce(t.nom, ''), e.commune_id, t.nom_normalise, t.chemin, n.secteur,
        n.branche, u.categorie_juridique, u.tranche_effectifs
    FROM annuaire_unitelegale u
    LEFT JOIN annuaire_etablissement e ON e.siret = u.siege
    LEFT JOIN territoires_territoire t ON t.id = e.commune_id
    LEFT JOIN unnest(%(nafs)s::text[], %(secteurs_naf)s::text[], %(branches_naf)s::text[])
        AS n(code, secteur, branche) ON n.code = u.naf
    WHERE NOT EXISTS (SELECT FROM annuaire_associationrna a WHERE a.numero = u.rna)
        AND NOT EXISTS (SELECT FROM annuaire_associationrna a WHERE a.siren = u.siren)
) AS tout ORDER BY active DESC, length(nom_normalise), nom_normalise) AS registre
CROSS JOIN LATERAL (
    SELECT CASE WHEN extract(year FROM creee_le) BETWEEN 1800 AND 2100
        THEN extract(year FROM creee_le)::smallint END AS creee_en
) AS annee
"""
_COMPTER = f"""
INSERT INTO {{neuve}} (mot, frequence, voisins)
SELECT mot, count(*), annuaire_voisins(mot)
FROM annuaire_entreeduregistre, unnest(tsvector_to_array(mots)) AS mot
WHERE length(mot) <= {MOT_LONG} AND strpos(mot, ':') = 0
GROUP BY mot
"""  # noqa: S608 - une de nos constantes
_INDEXER_LES_FICHES = (
    "SELECT annuaire_indexer(array_agg(id)) FROM annuaire_organisation HAVING count(*) > 0"
)


def reconstruire(avancement: Avancement | None = None) -> None:
    """Refait les entrées du registre, le vocabulaire, et les mots des fiches.

    À appeler après un import. Une seconde reconstruction attend la fin de la première. Sans
    transaction ouverte, qui cherche n'attend que l'échange des tables.
    """
    etapes: list[tuple[str, Callable[[], object]]] = [
        ("Entrées du registre", lambda: _refaire(EntreeDuRegistre, _REMPLIR, _deductions())),
        ("Vocabulaire", lambda: _refaire(MotDuVocabulaire, _COMPTER, {})),
        ("Mots des fiches", lambda: _executer(_INDEXER_LES_FICHES)),
    ]
    with _seul():
        for rang, (libelle, faire) in enumerate(etapes):
            if avancement:
                avancement(libelle, rang, len(etapes))
            faire()


@contextmanager
def _seul() -> Iterator[None]:
    _executer("SELECT pg_advisory_lock(%s)", [_VERROU])
    try:
        yield
    finally:
        _executer("SELECT pg_advisory_unlock(%s)", [_VERROU])


def _deductions() -> dict[str, Any]:
    """Les paramètres du remplissage : ce que l'on déduit de chaque objet et de chaque code NAF."""
    objets, secteurs, branches = table(OBJETS_SOCIAUX.items())
    lus = _executer("SELECT DISTINCT naf FROM annuaire_unitelegale WHERE naf <> ''")
    nafs, secteurs_naf, branches_naf = table((naf, du_code_naf(naf)) for (naf,) in lus)
    return {
        "accents": ACCENTS,
        "sans": SANS_ACCENT,
        "objets": objets,
        "secteurs": secteurs,
        "branches": branches,
        "nafs": nafs,
        "secteurs_naf": secteurs_naf,
        "branches_naf": branches_naf,
    }


def _refaire(modele: type[Any], remplir: str, parametres: dict[str, Any]) -> None:
    """Remplit une table neuve, l'indexe une fois pleine, et lui donne la place de l'ancienne."""
    ancienne = modele._meta.db_table
    neuve = f"{ancienne}_neuve"
    definitions = _executer(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s"
        " AND schemaname = current_schema() ORDER BY indexname",
        [ancienne],
    )
    _executer(f"DROP TABLE IF EXISTS {neuve}")
    _executer(f"CREATE TABLE {neuve} (LIKE {ancienne} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
    _executer(remplir.format(neuve=neuve), parametres)
    with transaction.atomic():
        _executer("SET LOCAL maintenance_work_mem = '256MB'")
        for rang, (nom, definition) in enumerate(definitions):
            _executer(
                definition.replace(f" {nom} ", f" {neuve}_{rang} ", 1).replace(
                    f".{ancienne} ", f".{neuve} ", 1
                )
            )
    _executer(f"ANALYZE {neuve}")
    with transaction.atomic():
        _executer(f"DROP TABLE {ancienne}")
        _executer(f"ALTER TABLE {neuve} RENAME TO {ancienne}")
        for rang, (nom, _) in enumerate(definitions):
            _executer(f"ALTER INDEX {neuve}_{rang} RENAME TO {nom}")
        cle = f"{ancienne}_pkey"
        _executer(f"ALTER TABLE {ancienne} ADD CONSTRAINT {cle} PRIMARY KEY USING INDEX {cle}")


def _executer(sql: str, parametres: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return curseur.fetchall() if curseur.description else []
