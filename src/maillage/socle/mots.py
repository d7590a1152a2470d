"""Petites phrases françaises."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.socle.normalisation import normaliser
from maillage.socle.quantites import INSECABLE, ecrire_nombre


def enumerer(mots: Sequence[str], dernier: str = "et") -> str:
    """« Doubs », « Doubs et Jura », « Doubs, Jura et Haute-Saône » ; vide sans mot."""
    if len(mots) < 2:
        return "".join(mots)
    return f"{', '.join(mots[:-1])} {dernier} {mots[-1]}"


def compter(nombre: int, nom: str, pluriel: str = "") -> str:
    """Un nombre et son nom accordé : « 0 structure », « 1 structure », « 1 200 structures »."""
    accorde = nom if nombre < 2 else pluriel or f"{nom}s"
    return f"{ecrire_nombre(nombre)}{INSECABLE}{accorde}"


def de(mots: str) -> str:
    """« de clore », « d’abandonner »."""
    return f"d’{mots}" if normaliser(mots)[:1] in "aeiouy" else f"de {mots}"


def abreger(texte: str, longueur: int = 80) -> str:
    """Le début d'un texte, suivi de points s'il continue."""
    return texte if len(texte) <= longueur else f"{texte[: longueur - 1]}…"


def citer(texte: object) -> str:
    """Entre guillemets français, sans coupure : « Doubs »."""
    return f"«{INSECABLE}{texte}{INSECABLE}»"


def paragraphes(*textes: str) -> str:
    """Les textes qui disent quelque chose, séparés d'une ligne vide."""
    return "\n\n".join(texte.strip() for texte in textes if texte.strip())


def minuscule(phrase: str) -> str:
    """Au fil d'une phrase : « Le public » devient « le public », un sigle reste ce qu'il est."""
    return phrase if phrase[1:2].isupper() else phrase[:1].lower() + phrase[1:]
