"""p95 du temps de serveur de chaque page, en rapport à une page connectée vide."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from statistics import quantiles

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

TOURS = 40
PLAFOND = 6.0
REQUETES = 12
POIDS = 80_000
VIDE = "/mesures/vide/"
"""La page connectée qui ne montre rien : ce que coûte la session."""


@dataclass(frozen=True)
class Mesure:
    """Une page mesurée : p95 en millisecondes, rapport à la page vide, requêtes SQL, poids."""

    qui: str
    adresse: str
    p95: float
    rapport: float
    requetes: int
    octets: int

    @property
    def tenue(self) -> bool:
        return self.rapport <= PLAFOND and self.requetes <= REQUETES and self.octets <= POIDS

    def __str__(self) -> str:
        return (
            f"{'tient' if self.tenue else 'DÉPASSE':8} {self.rapport:5.1f} × la page vide · "
            f"p95 {self.p95:6.1f} ms · {self.requetes:2} requêtes · {self.octets:6} o · "
            f"{self.qui} {self.adresse}"
        )


def mesurer(
    clients: dict[str, Client], pages: Sequence[tuple[str, str]], vide: str
) -> list[Mesure]:
    """Mesure chaque (qui, adresse), la page vide intercalée à chaque tour."""
    mesures = []
    for qui, adresse in pages:
        client = clients[qui]
        for chauffe in (vide, adresse):
            client.get(chauffe)
        temps: dict[str, list[float]] = {vide: [], adresse: []}
        for _ in range(TOURS):
            for page, durees in temps.items():
                debut = time.perf_counter()
                reponse = client.get(page)
                durees.append((time.perf_counter() - debut) * 1000)
                if reponse.status_code != HTTPStatus.OK:
                    raise RuntimeError(f"{qui} {page} : {reponse.status_code}")
        with CaptureQueriesContext(connection) as captees:
            octets = len(client.get(adresse).content)
        mesures.append(
            Mesure(
                qui,
                adresse,
                p95(temps[adresse]),
                p95(temps[adresse]) / p95(temps[vide]),
                len(captees),
                octets,
            )
        )
    return mesures


def dire(mesures: Sequence[Mesure], *, en_json: bool) -> str:
    """Une ligne par page ; en JSON, une liste de ce que tient `Mesure`, et `tenue`."""
    if not en_json:
        return "\n".join(map(str, mesures))
    lues = [asdict(mesure) | {"tenue": mesure.tenue} for mesure in mesures]
    return json.dumps(lues, ensure_ascii=False, indent=2)


def p95(durees: list[float]) -> float:
    """Le 95e centile."""
    return quantiles(durees, n=20, method="inclusive")[-1]
