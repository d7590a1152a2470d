"""Un pays de poche au format du découpage officiel : de vrais codes, quelques communes."""

from __future__ import annotations

import gzip
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

REGIONS = [
    {"code": "11", "nom": "Île-de-France"},
    {"code": "27", "nom": "Bourgogne-Franche-Comté"},
    {"code": "44", "nom": "Grand Est"},
    {"code": "75", "nom": "Nouvelle-Aquitaine"},
    {"code": "84", "nom": "Auvergne-Rhône-Alpes"},
]
DEPARTEMENTS = [
    {"code": "01", "nom": "Ain", "region": "84"},
    {"code": "25", "nom": "Doubs", "region": "27"},
    {"code": "33", "nom": "Gironde", "region": "75"},
    {"code": "39", "nom": "Jura", "region": "27"},
    {"code": "75", "nom": "Paris", "region": "11"},
    {"code": "88", "nom": "Vosges", "region": "44"},
]
_ACTUELLES = [
    ("01015", "Arboys en Bugey", "01", "84", 640, ["01340"]),
    ("25056", "Besançon", "25", "27", 120_057, []),
    ("25204", "Doubs", "25", "27", 3_200, []),
    ("25434", "Ornans", "25", "27", 4_300, []),
    ("25462", "Pontarlier", "25", "27", 17_900, []),
    ("33063", "Bordeaux", "33", "75", 265_000, []),
    ("39300", "Lons-le-Saunier", "39", "27", 17_300, []),
    ("39480", "Saint-Julien", "39", "27", 470, []),
    ("75056", "Paris", "75", "11", 2_100_000, []),
    ("88449", "Saint-Julien", "88", "44", None, []),
]
COMMUNES: list[dict[str, Any]] = [
    {
        "code": code,
        "nom": nom,
        "departement": departement,
        "region": region,
        "type": "commune-actuelle",
        **({"population": population} if population else {}),
        **({"anciensCodes": anciens} if anciens else {}),
    }
    for code, nom, departement, region, population, anciens in _ACTUELLES
] + [
    {"code": "01015", "nom": "Arbignieu", "type": "commune-deleguee", "chefLieu": "01015"},
    {"code": "75101", "nom": "Paris 1er", "type": "arrondissement-municipal", "commune": "75056"},
]
EPCI = [
    {"code": "242500361", "nom": "Grand Besançon", "membres": [{"code": "25056"}]},
    {
        "code": "200000001",
        "nom": "Entre Saône et Vosges",
        "populationMunicipale": 940,
        "membres": [{"code": "39480"}, {"code": "88449"}],
    },
]


def decoupage() -> dict[str, list[dict[str, Any]]]:
    """Une copie, à altérer sans crainte."""
    return deepcopy(
        {
            "communes": COMMUNES,
            "departements": DEPARTEMENTS,
            "regions": REGIONS,
            "epci": EPCI,
        }
    )


def ecrire(dossier: Path, fichiers: dict[str, list[dict[str, Any]]] | None = None) -> Path:
    """Écrit le découpage comme la construction le range ; rend le dossier."""
    for nom, contenu in (fichiers or decoupage()).items():
        (dossier / f"{nom}.json.gz").write_bytes(gzip.compress(json.dumps(contenu).encode()))
    return dossier
