"""PostgreSQL tient `ResumeDeMission` à jour : une fonction calcule, des déclencheurs l'appellent.

Une écriture en lot ne refait chaque mission touchée qu'une fois : les déclencheurs sont
d'instruction. La fonction verrouille la ligne avant de lire, pour que deux écritures simultanées
sur une même mission se voient l'une l'autre (docs/decisions/0007).
"""

from django.db import migrations

MOIS = "30.4375"

FONCTIONS = f"""
CREATE FUNCTION piloter_meler(precisions text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE count(DISTINCT p) WHEN 0 THEN 'exact' WHEN 1 THEN min(p) ELSE 'environ' END
    FROM unnest(precisions) AS p WHERE p <> 'exact' AND p <> 'inconnu'
$$;

-- La somme connue est un minimum, si rien n'y est approché (socle.quantites.Total.quantite).
CREATE FUNCTION piloter_minimum(precision_ text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN precision_ IN ('exact', 'au_moins') THEN 'au_moins' ELSE 'environ' END
$$;

CREATE FUNCTION piloter_mois(debut date, fin date) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN fin >= debut THEN round((fin - debut) / {MOIS}, 1) END
$$;

CREATE FUNCTION piloter_resumer(missions uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM piloter_resumedemission
    WHERE mission_id = ANY(missions) ORDER BY mission_id FOR UPDATE;

    -- Ce qui part avec une mission effacée ne doit pas lui refaire un résumé.
    DELETE FROM piloter_resumedemission r
    WHERE r.mission_id = ANY(missions)
        AND NOT EXISTS (SELECT FROM ingenieries_ingenierie m WHERE m.id = r.mission_id);

    INSERT INTO piloter_resumedemission AS r (
        mission_id, annee, annee_dite, nature, secteur, type_ingenierie, abandonnee,
        operateurs, structures, sans_nom_valeur, sans_nom_precision, jours_valeur, jours_precision,
        cout_valeur, cout_precision, attente_valeur, attente_precision,
        duree_valeur, duree_precision, delai_valeur, delai_precision
    )
    SELECT
        m.id, m.annee, m.annee_dite, m.nature, m.secteur,
        coalesce(projet.type_ingenierie, ''), m.etat = 'abandonnee',
        dla.operateurs, nommees.structures,
        CASE
            WHEN declare.nombre_valeur > nommees.n THEN declare.nombre_valeur - nommees.n
            WHEN nommees.n > 0 OR declare.nombre_valeur IS NOT NULL THEN 0
        END,
        CASE
            WHEN declare.nombre_valeur > nommees.n THEN declare.nombre_precision
            WHEN nommees.n > 0 OR declare.nombre_valeur IS NOT NULL THEN 'exact'
            ELSE 'inconnu'
        END,
        coalesce(projet.jours_valeur, seances.somme),
        CASE
            WHEN projet.jours_valeur IS NOT NULL THEN projet.jours_precision
            WHEN seances.somme IS NULL THEN 'inconnu'
            WHEN seances.inconnues > 0 THEN piloter_minimum(seances.precision)
            ELSE seances.precision
        END,
        budget.somme,
        CASE
            WHEN budget.somme IS NULL THEN 'inconnu'
            WHEN budget.inconnues > 0 THEN piloter_minimum(budget.precision)
            ELSE budget.precision
        END,
        attente.mois, CASE WHEN attente.mois IS NULL THEN 'inconnu' ELSE 'exact' END,
        coalesce(piloter_mois(m.demarree_le, m.close_le), projet.duree_valeur),
        CASE
            WHEN piloter_mois(m.demarree_le, m.close_le) IS NOT NULL THEN 'exact'
            ELSE coalesce(projet.duree_precision, 'inconnu')
        END,
        resultat.mois, coalesce(resultat.precision, 'inconnu')
    FROM ingenieries_ingenierie m
    LEFT JOIN confirmer_projetdintervention projet ON projet.ingenierie_id = m.id
    LEFT JOIN confirmer_effectifdeclare declare
        ON declare.ingenierie_id = m.id AND declare.palier = 'retenue' AND declare.dont = ''
    CROSS JOIN LATERAL (
        SELECT array_agg(id ORDER BY id) AS operateurs
        FROM (
            SELECT m.operateur_id AS id
            UNION SELECT organisation_id FROM ingenieries_ingenierie_operateurs_associes a
            WHERE a.ingenierie_id = m.id
        ) tous
    ) dla
    CROSS JOIN LATERAL (
        SELECT count(*) AS n, coalesce(array_agg(structure_id ORDER BY structure_id), '{{}}') AS structures
        FROM confirmer_participation p
        WHERE p.ingenierie_id = m.id AND p.atteint = 'retenue'
    ) nommees
    CROSS JOIN LATERAL (
        SELECT sum(duree_valeur) AS somme, count(*) FILTER (WHERE duree_valeur IS NULL) AS inconnues,
            piloter_meler(array_agg(duree_precision::text)) AS precision
        FROM finaliser_seance s WHERE s.ingenierie_id = m.id
    ) seances
    CROSS JOIN LATERAL (
        SELECT round(sum(cout), 2) AS somme, count(*) FILTER (WHERE cout IS NULL) AS inconnues,
            piloter_meler(array_agg(precision) FILTER (WHERE cout IS NOT NULL)) AS precision
        FROM (
            SELECT coalesce(round(jours_valeur * cout_jour_valeur, 2), montant_valeur) AS cout,
                CASE
                    WHEN jours_valeur * cout_jour_valeur IS NULL THEN montant_precision::text
                    ELSE piloter_meler(ARRAY[jours_precision, cout_jour_precision]::text[])
                END AS precision
            FROM engager_lignedebudget l
            WHERE l.ingenierie_id = m.id AND l.nature <> 'valorisation'
        ) lignes
    ) budget
    CROSS JOIN LATERAL (
        SELECT piloter_mois(min(s.date), m.demarree_le) AS mois
        FROM identifier_problematique_ingenieries pi
        JOIN identifier_problematique_signaux ps ON ps.problematique_id = pi.problematique_id
        JOIN identifier_signal s ON s.id = ps.signal_id
        WHERE pi.ingenierie_id = m.id
            -- Le 1er janvier d'un cas publié n'est qu'un défaut : la source ne date pas le signal.
            AND NOT (m.source <> '' AND s.date = make_date(m.annee, 1, 1))
    ) attente
    LEFT JOIN LATERAL (
        SELECT coalesce(delai_valeur, piloter_mois(m.close_le, constate_le)) AS mois,
            CASE WHEN delai_valeur IS NULL THEN 'exact' ELSE delai_precision END AS precision
        FROM finaliser_resultat f
        WHERE f.ingenierie_id = m.id AND f.obtenu
            AND coalesce(delai_valeur, piloter_mois(m.close_le, constate_le)) IS NOT NULL
        ORDER BY 1, 2 LIMIT 1
    ) resultat ON true
    WHERE m.id = ANY(missions)
    ON CONFLICT (mission_id) DO UPDATE SET
        (annee, annee_dite, nature, secteur, type_ingenierie, abandonnee, operateurs,
         structures, sans_nom_valeur, sans_nom_precision, jours_valeur, jours_precision,
         cout_valeur, cout_precision, attente_valeur, attente_precision,
         duree_valeur, duree_precision, delai_valeur, delai_precision)
        = (excluded.annee, excluded.annee_dite, excluded.nature, excluded.secteur,
         excluded.type_ingenierie, excluded.abandonnee, excluded.operateurs,
         excluded.structures,
         excluded.sans_nom_valeur, excluded.sans_nom_precision, excluded.jours_valeur,
         excluded.jours_precision, excluded.cout_valeur, excluded.cout_precision,
         excluded.attente_valeur, excluded.attente_precision, excluded.duree_valeur,
         excluded.duree_precision, excluded.delai_valeur, excluded.delai_precision)
    WHERE r IS DISTINCT FROM excluded;
END $$;
"""

# Par table : ce qui, des lignes changées (`c`), désigne les missions à refaire.
SOURCES = {
    "ingenieries_ingenierie": "SELECT c.id FROM c",
    **dict.fromkeys(
        (
            "ingenieries_ingenierie_operateurs_associes",
            "confirmer_participation",
            "confirmer_effectifdeclare",
            "confirmer_projetdintervention",
            "engager_lignedebudget",
            "finaliser_seance",
            "finaliser_resultat",
            "identifier_problematique_ingenieries",
        ),
        "SELECT c.ingenierie_id FROM c",
    ),
    "identifier_problematique_signaux": (
        "SELECT pi.ingenierie_id FROM c "
        "JOIN identifier_problematique_ingenieries pi USING (problematique_id)"
    ),
    "identifier_signal": (
        "SELECT pi.ingenierie_id FROM c "
        "JOIN identifier_problematique_signaux ps ON ps.signal_id = c.id "
        "JOIN identifier_problematique_ingenieries pi USING (problematique_id)"
    ),
}
GESTES = {
    "insert": ("REFERENCING NEW TABLE AS neuves", "neuves"),
    "update": (
        "REFERENCING OLD TABLE AS anciennes NEW TABLE AS neuves",
        "(SELECT * FROM anciennes UNION ALL SELECT * FROM neuves)",
    ),
    "delete": ("REFERENCING OLD TABLE AS anciennes", "anciennes"),
}


def _declencheurs() -> tuple[str, str]:
    """Le SQL qui pose les déclencheurs, et celui qui les retire."""
    poser, retirer = [], []
    for table, missions in SOURCES.items():
        for geste, (references, lignes) in GESTES.items():
            nom = f"resume_{table}_{geste}"
            poser.append(f"""
CREATE FUNCTION {nom}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM piloter_resumer(array_agg(DISTINCT id))
    FROM (WITH c AS (SELECT * FROM {lignes} AS changees) {missions}) AS touchees(id)
    HAVING count(id) > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER {nom} AFTER {geste.upper()} ON {table} {references}
FOR EACH STATEMENT EXECUTE FUNCTION {nom}();
""")
            retirer.append(f"DROP TRIGGER {nom} ON {table}; DROP FUNCTION {nom}();")
    return "\n".join(poser), "\n".join(retirer)


POSER, RETIRER = _declencheurs()


class Migration(migrations.Migration):
    dependencies = [
        ("piloter", "0001_resume_de_mission"),
        ("ingenieries", "0002_annee_dite_et_suites"),
        ("identifier", "0002_structures_consultees"),
        ("engager", "0001_initial"),
        ("confirmer", "0002_parties_et_effectifs"),
        ("finaliser", "0002_natures_de_resultat"),
    ]

    operations = [
        migrations.RunSQL(
            FONCTIONS,
            "DROP FUNCTION piloter_resumer(uuid[]); DROP FUNCTION piloter_mois(date, date);"
            "DROP FUNCTION piloter_minimum(text); DROP FUNCTION piloter_meler(text[]);",
        ),
        migrations.RunSQL(POSER, RETIRER),
        migrations.RunSQL(
            "SELECT piloter_resumer(array_agg(id)) FROM ingenieries_ingenierie HAVING count(*) > 0",
            migrations.RunSQL.noop,
        ),
    ]
