"""Les contours des départements, simplifiés pour se dessiner (`donnees/LISEZMOI.md`)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

FICHIER = Path(__file__).parent / "donnees/contours_departements.json"
MILLIEMES = 1000
Anneau = list[tuple[float, float]]


def contours(codes: Iterable[str]) -> list[Anneau]:
    """Les anneaux (longitude, latitude) de ces départements ; outre-mer, il n'y en a pas."""
    connus = _tous()
    return [anneau for code in codes for anneau in connus.get(code, ())]


@lru_cache(maxsize=1)
def _tous() -> dict[str, list[Anneau]]:
    """Par code, les anneaux ; le fichier les garde en millièmes de degré."""
    lus = json.loads(FICHIER.read_text(encoding="utf-8"))
    return {
        code: [[(x / MILLIEMES, y / MILLIEMES) for x, y in anneau] for anneau in anneaux]
        for code, anneaux in lus.items()
    }
