"""Contrôler la géographie chargée : comptes par niveau et cohérence des contenants."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db import connection

from maillage.territoires.models import AncienCode, Niveau, Territoire

MILLESIME = Path(__file__).parent / "donnees/millesime.yaml"
_OUTREMER = r"^9[78]\d$"  # les collectivités d'outre-mer ont pour région leur propre code


@dataclass(frozen=True, slots=True)
class Controle:
    """Les comptes trouvés et, pour chaque anomalie, une phrase."""

    millesime: int
    comptes: dict[str, int]
    anomalies: list[str]


def controler() -> Controle:
    """Compare la base au millésime attendu, sans rien y changer."""
    attendu: dict[str, Any] = yaml.safe_load(MILLESIME.read_text(encoding="utf-8"))
    comptes = compter()
    ecarts = [
        f"{nom} : {comptes[nom]} en base, {nombre} attendus."
        for nom, nombre in attendu["comptes"].items()
        if comptes[nom] != nombre
    ]
    return Controle(attendu["millesime"], comptes, ecarts + _contenants_incoherents())


def compter() -> dict[str, int]:
    """Nombre de territoires actuels par niveau ; l'outre-mer sans région est compté à part."""
    actuels = Territoire.objects.actuels()
    regions = actuels.filter(niveau=Niveau.REGION)
    departements = actuels.departements()
    return {
        "pays": actuels.filter(niveau=Niveau.PAYS).count(),
        "regions": regions.exclude(code__regex=_OUTREMER).count(),
        "collectivites_outremer": regions.filter(code__regex=_OUTREMER).count(),
        "departements": departements.exclude(region__code__regex=_OUTREMER).count(),
        "epci": actuels.filter(niveau=Niveau.EPCI).count(),
        "communes": actuels.communes().count(),
        "communes_avec_centre": actuels.communes().filter(longitude__isnull=False).count(),
        "anciens_codes": AncienCode.objects.count(),
    }


def _contenants_incoherents() -> list[str]:
    sans_parent = Territoire.objects.communes().filter(departement=None) | (
        Territoire.objects.communes().filter(region=None)
    )
    anomalies = [f"La commune {t.code} n'a pas de département ou de région." for t in sans_parent]
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT t.niveau, t.code FROM territoires_territoire t "
            "WHERE NOT t.chemin @> ARRAY[t.id] OR EXISTS ("
            "  SELECT 1 FROM unnest(ARRAY[t.departement_id, t.region_id, t.epci_id]) AS parent"
            "  WHERE parent IS NOT NULL AND NOT parent = ANY(t.chemin)) ORDER BY 1, 2"
        )
        anomalies += [
            f"Le chemin de {niveau} {code} oublie un de ses contenants."
            for niveau, code in curseur.fetchall()
        ]
    return anomalies
