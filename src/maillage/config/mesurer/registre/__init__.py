"""Mesurer le registre national : chaque module dit ses chiffres, et la borne de ceux qui en ont.

Un module a une fonction `mesurer(lignes: int) -> dict[str, Chiffre]` : `lignes` est la taille du
registre RNA voulu, que pose le premier (`importer`) ; les suivants le lisent.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from maillage.config.mesurer.chiffres import Chiffre

MESURES: tuple[str, ...] = ("importer", "listes", "recherche", "doublons")
"""Les modules de ce paquet, dans leur ordre."""


def mesurer(lignes: int, voulues: Iterable[str]) -> dict[str, dict[str, Chiffre]]:
    """Les chiffres de chaque mesure voulue, dans l'ordre de `MESURES`."""
    noms = [nom for nom in MESURES if nom in set(voulues)]
    return {nom: import_module(f"{__name__}.{nom}").mesurer(lignes) for nom in noms}
