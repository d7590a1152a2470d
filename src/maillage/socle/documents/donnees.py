"""Ce qu'un gabarit reçoit : des dictionnaires, des listes, des textes, des nombres entiers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats

from maillage.socle.quantites import Quantite, Total, ecrire_nombre

_INVISIBLES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def epurer(texte: str) -> str:
    """Sans caractère de commande ni tabulation ; une seule façon de passer à la ligne."""
    lignes = texte.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _INVISIBLES.sub("", lignes)


def simplifier(valeur: Any) -> Any:
    """Écrit en français ce qui n'est ni structure, ni texte, ni entier, ni booléen.

    Une dataclass devient le dictionnaire de ses champs, une quantité sa phrase, une date
    « 1 mars 2026 » ; l'absence de valeur est un texte vide.
    """
    if (membres := _membres(valeur)) is not None:
        return {nom: simplifier(membre) for nom, membre in membres.items()}
    if _est_liste(valeur):
        return [simplifier(membre) for membre in valeur]
    if isinstance(valeur, bool | int):
        return valeur
    return epurer(_ecrire(valeur))


def chemins(valeur: Any, chemin: str = "") -> Iterator[str]:
    """Les champs d'une valeur, en chemins pointés : « titre », « structures.nom »."""
    if (membres := _membres(valeur)) is not None:
        for nom, membre in membres.items():
            yield _sous(chemin, nom)
            yield from chemins(membre, _sous(chemin, nom))
    elif _est_liste(valeur):
        for membre in valeur:
            yield from chemins(membre, chemin)


def restreindre(simple: Any, permis: Collection[str], chemin: str = "") -> Any:
    """Les mêmes données, réduites aux champs dont le chemin est permis."""
    if isinstance(simple, dict):
        return {
            nom: restreindre(membre, permis, _sous(chemin, nom))
            for nom, membre in simple.items()
            if _sous(chemin, nom) in permis
        }
    if isinstance(simple, list):
        return [restreindre(membre, permis, chemin) for membre in simple]
    return simple


def _membres(valeur: Any) -> Mapping[str, Any] | None:
    if isinstance(valeur, Mapping):
        return valeur
    if is_dataclass(valeur) and not isinstance(valeur, Quantite | Total | type):
        return {champ.name: getattr(valeur, champ.name) for champ in fields(valeur)}
    return None


def _est_liste(valeur: Any) -> bool:
    return isinstance(valeur, Sequence) and not isinstance(valeur, str | bytes)


def _ecrire(valeur: Any) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, Decimal):
        return ecrire_nombre(valeur)
    if isinstance(valeur, date):
        return formats.date_format(valeur, "j F Y")
    return str(valeur)


def _sous(chemin: str, nom: str) -> str:
    return f"{chemin}.{nom}" if chemin else nom
