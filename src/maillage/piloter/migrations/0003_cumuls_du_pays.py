"""Ce que le pays entier additionne, gardé par année : le bilan national ne relit pas vingt ans.

Une année est partagée en soixante-quatre lots, pour que deux DLA qui écrivent ne s'attendent pas ;
un lot qui change se refait en entier depuis ses résumés. Les structures gardent les années où une
mission les a touchées, un bit par année depuis 2002, et se comptent par lots de même
(docs/decisions/0008).
"""

from django.db import migrations

TYPES = ("individuelle", "reponse_collective", "solution_avec")
QUANTITES = ("sans_nom", "jours", "cout", "attente", "duree", "delai")
APPROCHES = ("environ", "au_moins", "presque")

MESURES = {
    "missions": "count(*)",
    "collectives": "count(*) FILTER (WHERE nature = 'collective')",
    **{f"type_{t}": f"count(*) FILTER (WHERE type_ingenierie = '{t}')" for t in TYPES},
    "type_non_dit": "count(*) FILTER (WHERE type_ingenierie = '')",
    **{q: f"coalesce(sum({q}_valeur), 0)" for q in QUANTITES},
    **{f"{q}_connues": f"count({q}_valeur)" for q in QUANTITES},
    **{
        f"{q}_{p}": f"count(*) FILTER (WHERE {q}_precision = '{p}')"
        for q in QUANTITES
        for p in APPROCHES
    },
}
COLONNES = ", ".join(MESURES)

TABLES = f"""
CREATE TABLE piloter_cumul (
    annee smallint NOT NULL, annee_dite boolean NOT NULL, abandonnee boolean NOT NULL,
    lot smallint NOT NULL,
    {", ".join(f"{c} {'numeric' if c in QUANTITES else 'bigint'} NOT NULL" for c in MESURES)},
    PRIMARY KEY (annee, lot, annee_dite, abandonnee)
);
CREATE TABLE piloter_cumulapports (
    annee smallint NOT NULL, annee_dite boolean NOT NULL, lot smallint NOT NULL,
    famille text NOT NULL, acquis boolean NOT NULL,
    tous bigint NOT NULL, euros numeric, connus bigint NOT NULL, parts bigint NOT NULL,
    environ bigint NOT NULL, au_moins bigint NOT NULL, presque bigint NOT NULL,
    PRIMARY KEY (annee, lot, annee_dite, famille, acquis)
);
CREATE TABLE piloter_structuretouchee (structure_id uuid PRIMARY KEY, annees bigint NOT NULL);
CREATE INDEX structuretouchee_lot ON piloter_structuretouchee ((uuid_hash(structure_id) & 511));
CREATE TABLE piloter_cumulstructures (
    lot smallint NOT NULL, bit bigint NOT NULL, structures bigint NOT NULL, PRIMARY KEY (lot, bit)
);
CREATE INDEX resume_lot ON piloter_resumedemission (annee, (uuid_hash(mission_id) & 63));
"""

FONCTIONS = f"""
CREATE FUNCTION piloter_bit(annee int, dite boolean) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT 1::bigint << CASE WHEN dite THEN least(annee - 2002, 61) ELSE 62 END
$$;

-- Les lots à refaire : année × 64 + lot.
CREATE FUNCTION piloter_cumuler(lots int[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('piloter_cumul'), cle)
    FROM (SELECT DISTINCT unnest(lots) AS cle ORDER BY 1) cles;
    DELETE FROM piloter_cumul
    WHERE (annee, lot) IN (SELECT cle / 64, cle % 64 FROM unnest(lots) cle);
    INSERT INTO piloter_cumul (annee, annee_dite, abandonnee, lot, {COLONNES})
    SELECT r.annee, r.annee_dite, r.abandonnee, uuid_hash(r.mission_id) & 63,
        {", ".join(MESURES.values())}
    FROM (SELECT DISTINCT unnest(lots) AS cle) c
    JOIN piloter_resumedemission r
        ON r.annee = c.cle / 64 AND uuid_hash(r.mission_id) & 63 = c.cle % 64
    GROUP BY 1, 2, 3, 4;
    DELETE FROM piloter_cumulapports
    WHERE (annee, lot) IN (SELECT cle / 64, cle % 64 FROM unnest(lots) cle);
    INSERT INTO piloter_cumulapports (
        annee, annee_dite, lot, famille, acquis, tous, euros, connus, parts,
        environ, au_moins, presque
    )
    SELECT annee, annee_dite, lot, famille, acquis, count(*), sum(euros), count(euros),
        count(*) FILTER (WHERE euros IS NULL AND part_valeur IS NOT NULL),
        {", ".join(f"count(euros) FILTER (WHERE precision = '{p}')" for p in APPROCHES)}
    FROM (
        SELECT r.annee, r.annee_dite, uuid_hash(r.mission_id) & 63 AS lot, f.part_valeur,
            CASE WHEN f.credits_dla THEN 'credits_dla'
                ELSE coalesce(nullif(f.famille, ''), 'non_dit') END AS famille,
            f.etat IN ('accorde', 'verse') AS acquis,
            coalesce(
                f.montant_valeur,
                CASE WHEN r.cout_precision <> 'au_moins'
                    THEN round(r.cout_valeur * f.part_valeur / 100, 2) END
            ) AS euros,
            CASE
                WHEN f.montant_valeur IS NOT NULL THEN f.montant_precision
                WHEN f.part_precision = 'exact' AND r.cout_precision = 'exact' THEN 'exact'
                ELSE 'environ'
            END AS precision
        FROM (SELECT DISTINCT unnest(lots) AS cle) c
        JOIN piloter_resumedemission r
            ON r.annee = c.cle / 64 AND uuid_hash(r.mission_id) & 63 = c.cle % 64
        JOIN engager_financement f ON f.ingenierie_id = r.mission_id
        WHERE NOT r.abandonnee AND f.etat NOT IN ('refuse', 'pressenti')
    ) apports
    GROUP BY 1, 2, 3, 4, 5;
END $$;

CREATE FUNCTION piloter_toucher(structures uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    lots int[];
BEGIN
    INSERT INTO piloter_structuretouchee
    SELECT DISTINCT s, 0 FROM unnest(structures) s ORDER BY s ON CONFLICT DO NOTHING;
    PERFORM FROM piloter_structuretouchee
    WHERE structure_id = ANY(structures) ORDER BY structure_id FOR UPDATE;
    UPDATE piloter_structuretouchee t SET annees = coalesce((
        SELECT bit_or(piloter_bit(r.annee, r.annee_dite))
        FROM confirmer_participation p
        JOIN piloter_resumedemission r ON r.mission_id = p.ingenierie_id
        WHERE p.structure_id = t.structure_id AND p.atteint = 'retenue' AND NOT r.abandonnee
    ), 0)
    WHERE structure_id = ANY(structures);
    lots := array(SELECT DISTINCT uuid_hash(s) & 511 FROM unnest(structures) s ORDER BY 1);
    PERFORM pg_advisory_xact_lock(hashtext('piloter_cumulstructures'), l) FROM unnest(lots) l;
    DELETE FROM piloter_cumulstructures WHERE lot = ANY(lots);
    INSERT INTO piloter_cumulstructures
    SELECT uuid_hash(structure_id) & 511, 1::bigint << rang, count(*)
    FROM piloter_structuretouchee, generate_series(0, 62) rang
    WHERE uuid_hash(structure_id) & 511 = ANY(lots) AND annees & (1::bigint << rang) <> 0
    GROUP BY 1, 2;
END $$;
"""

ANCIENNES, NEUVES = "OLD TABLE AS anciennes", "NEW TABLE AS neuves"
REFERENCES = {"insert": NEUVES, "update": f"{ANCIENNES} {NEUVES}", "delete": ANCIENNES}
LIGNES = {
    "insert": "SELECT * FROM neuves",
    "update": "SELECT * FROM anciennes UNION ALL SELECT * FROM neuves",
    "delete": "SELECT * FROM anciennes",
}
LOT = "annee * 64 + (uuid_hash(mission_id) & 63)"
GESTES = {
    "piloter_resumedemission": f"""
    PERFORM piloter_cumuler(array_agg(DISTINCT {LOT})) FROM ({{lignes}}) c HAVING count(*) > 0;
    PERFORM piloter_toucher(array_agg(DISTINCT s)) FROM ({{lignes}}) c, unnest(structures) s
    HAVING count(*) > 0;""",
    "engager_financement": f"""
    PERFORM piloter_cumuler(array_agg(DISTINCT {LOT}))
    FROM piloter_resumedemission
    WHERE mission_id IN (SELECT ingenierie_id FROM ({{lignes}}) c) HAVING count(*) > 0;""",
}


def _declencheurs() -> tuple[str, str]:
    poser, retirer = [], []
    for table, corps in GESTES.items():
        for geste, references in REFERENCES.items():
            nom = f"cumul_{table}_{geste}"
            poser.append(f"""
CREATE FUNCTION {nom}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{corps.format(lignes=LIGNES[geste])}
    RETURN NULL;
END $$;
CREATE TRIGGER {nom} AFTER {geste.upper()} ON {table} REFERENCING {references}
FOR EACH STATEMENT EXECUTE FUNCTION {nom}();
""")
            retirer.append(f"DROP TRIGGER {nom} ON {table}; DROP FUNCTION {nom}();")
    return "\n".join(poser), "\n".join(retirer)


POSER, RETIRER = _declencheurs()

# Vider une table ne dit rien de ses lignes : les cumuls se vident avec les résumés.
VIDER = """
CREATE FUNCTION piloter_vider_les_cumuls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE piloter_cumul, piloter_cumulapports, piloter_structuretouchee, piloter_cumulstructures;
    RETURN NULL;
END $$;
CREATE TRIGGER piloter_vider_les_cumuls AFTER TRUNCATE ON piloter_resumedemission
FOR EACH STATEMENT EXECUTE FUNCTION piloter_vider_les_cumuls();
"""


class Migration(migrations.Migration):
    dependencies = [("piloter", "0002_tenir_le_resume"), ("engager", "0001_initial")]

    operations = [
        migrations.RunSQL(
            TABLES,
            "DROP INDEX resume_lot; DROP TABLE piloter_structuretouchee;"
            "DROP TABLE piloter_cumulstructures;"
            "DROP TABLE piloter_cumulapports; DROP TABLE piloter_cumul;",
        ),
        migrations.RunSQL(
            FONCTIONS,
            "DROP FUNCTION piloter_toucher(uuid[]); DROP FUNCTION piloter_cumuler(int[]);"
            "DROP FUNCTION piloter_bit(int, boolean);",
        ),
        migrations.RunSQL(POSER, RETIRER),
        migrations.RunSQL(
            VIDER,
            "DROP TRIGGER piloter_vider_les_cumuls ON piloter_resumedemission;"
            "DROP FUNCTION piloter_vider_les_cumuls();",
        ),
        migrations.RunSQL(
            f"SELECT piloter_cumuler(array_agg(DISTINCT {LOT})) "
            "FROM piloter_resumedemission HAVING count(*) > 0;"
            "SELECT piloter_toucher(array_agg(DISTINCT s)) "
            "FROM piloter_resumedemission, unnest(structures) s HAVING count(*) > 0;",
            migrations.RunSQL.noop,
        ),
    ]
