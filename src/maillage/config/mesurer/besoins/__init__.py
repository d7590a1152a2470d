"""Mesurer le codage et le regroupement des besoins sur un fichier codé à la main.

Le fichier a les colonnes id, texte, source, secteur, departement, date, theme, theme2, groupe
(ces deux dernières peuvent être vides). Juste = la colonne `theme` ; `tolerant` accepte `theme2`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maillage.config.mesurer.besoins.juges import en_json, juger
from maillage.config.mesurer.besoins.lecture import FichierDeBesoins, lire, plier
from maillage.config.mesurer.besoins.vitesse import mesurer_la_vitesse

__all__ = ["FichierDeBesoins", "mesurer", "mesurer_la_vitesse"]


def mesurer(fichier: Path, apprentissage: Path | None) -> dict[str, Any]:
    """Les chiffres de `fichier`, jugé sur ce que `apprentissage` a appris, ou en plis croisés.

    Lève `FichierDeBesoins` (phrase) si un fichier ne se lit pas ou n'a pas ses colonnes.
    """
    juges = lire(fichier)
    parts = [(lire(apprentissage), juges)] if apprentissage else plier(juges)
    return en_json(juger(parts), besoins=len(juges), croisee=apprentissage is None)
