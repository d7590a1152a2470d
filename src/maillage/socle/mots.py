"""Petites phrases françaises."""

from __future__ import annotations

from collections.abc import Sequence


def enumerer(mots: Sequence[str], dernier: str = "et") -> str:
    """« Doubs », « Doubs et Jura », « Doubs, Jura et Haute-Saône » ; vide sans mot."""
    if len(mots) < 2:
        return "".join(mots)
    return f"{', '.join(mots[:-1])} {dernier} {mots[-1]}"


def compter(nombre: int, nom: str, pluriel: str = "") -> str:
    """Un nombre et son nom accordé : « 0 structure », « 1 structure », « 3 structures »."""
    accorde = nom if nombre < 2 else pluriel or f"{nom}s"
    return f"{nombre}\u00a0{accorde}"


def citer(texte: object) -> str:
    """Entre guillemets français, sans coupure : « Doubs »."""
    return f"«\u00a0{texte}\u00a0»"
