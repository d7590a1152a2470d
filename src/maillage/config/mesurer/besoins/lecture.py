"""Lire un fichier de besoins codés, et le plier toujours de la même façon."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, fields
from pathlib import Path

PLIS = 5


class FichierDeBesoins(Exception):
    """Le fichier ne peut servir à la mesure ; le message dit pourquoi."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """Un besoin codé à la main ; `theme2` et `groupe` vides quand il n'y en a pas."""

    id: str
    texte: str
    source: str
    secteur: str
    departement: str
    date: str
    theme: str
    theme2: str
    groupe: str


COLONNES = tuple(champ.name for champ in fields(Ligne))

Part = tuple[list[Ligne], list[Ligne]]
"""Ce que l'on apprend, ce que l'on juge."""


def lire(chemin: Path) -> list[Ligne]:
    """Les besoins du fichier, dans l'ordre (UTF-8, avec ou sans BOM, virgules)."""
    try:
        with chemin.open(encoding="utf-8-sig", newline="") as flux:
            lecteur = csv.DictReader(flux)
            if absentes := [c for c in COLONNES if c not in (lecteur.fieldnames or ())]:
                raise FichierDeBesoins(f"{chemin} n’a pas la colonne {', '.join(absentes)}.")
            lignes = [Ligne(**{c: ligne[c] or "" for c in COLONNES}) for ligne in lecteur]
    except (OSError, UnicodeDecodeError, csv.Error) as erreur:
        raise FichierDeBesoins(f"{chemin} ne se lit pas ({erreur}).") from erreur
    if len(lignes) < PLIS:
        raise FichierDeBesoins(f"{chemin} a moins de {PLIS} besoins.")
    return lignes


def plier(lignes: list[Ligne]) -> list[Part]:
    """Cinq plis où chaque thème se répartit également ; l'ordre des lignes décide seul."""
    par_theme: dict[str, list[int]] = defaultdict(list)
    for rang, ligne in enumerate(lignes):
        par_theme[ligne.theme].append(rang)
    rangs = [rang for theme in sorted(par_theme) for rang in par_theme[theme]]
    plis = {rang: place % PLIS for place, rang in enumerate(rangs)}
    return [
        (
            [ligne for rang, ligne in enumerate(lignes) if plis[rang] != pli],
            [ligne for rang, ligne in enumerate(lignes) if plis[rang] == pli],
        )
        for pli in range(PLIS)
    ]
