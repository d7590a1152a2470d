"""La grille d'un document : ce qu'il contient, en dataclasses.

Toutes les valeurs sont des textes prêts à lire, des nombres entiers ou des suites : le même objet
sert l'écran, Word et le PDF, et se garde tel quel en JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, Self, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Chiffre:
    """Un chiffre d'« En bref » ; `connu` est faux quand la valeur dit seulement « inconnu »."""

    libelle: str = ""
    valeur: str = ""
    detail: str = ""
    connu: bool = True


@dataclass(frozen=True, slots=True)
class Ligne:
    """Un intitulé et ce que l'on en dit."""

    libelle: str = ""
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Grille:
    """Base des documents entiers : leur contenu se fige en JSON et se relit."""

    titre: str = ""

    def en_json(self) -> dict[str, Any]:
        """Le même contenu en types JSON, pour le figer."""
        return asdict(self)

    @classmethod
    def depuis_json(cls, contenu: dict[str, Any]) -> Self:
        """Relit un contenu figé ; ce qu'une ancienne édition n'avait pas prend sa valeur vide."""
        relu: Self = _relire(cls, contenu)
        return relu


def champs_de(classe: type[Any], devant: str = "") -> list[str]:
    """Les noms pointés de tout ce qu'un gabarit peut lire : « moyens.financiers.budget »…

    Dans une suite, le nom est celui d'un élément : « resultats.phrase ».
    """
    noms = []
    for nom, attendu in _types(classe).items():
        contenu = _element(attendu)
        noms.append(f"{devant}{nom}")
        if _composee(contenu):
            noms += champs_de(contenu, f"{devant}{nom}.")
    return noms


def exemple(classe: type[Any]) -> Any:
    """Un contenu où chaque champ dit quelque chose, pour éprouver un gabarit."""
    return classe(**{nom: _exemple(attendu) for nom, attendu in _types(classe).items()})


def textes(contenu: Any) -> Iterator[str]:
    """Tous les textes d'un contenu, dans l'ordre de la grille."""
    if isinstance(contenu, str):
        yield contenu
    elif isinstance(contenu, tuple):
        for element in contenu:
            yield from textes(element)
    elif is_dataclass(contenu):
        for champ in fields(contenu):
            yield from textes(getattr(contenu, champ.name))


def _exemple(attendu: Any) -> Any:
    element = _element(attendu)
    valeur = exemple(element) if _composee(element) else _SIMPLES.get(element)
    return (valeur,) if get_origin(attendu) is tuple else valeur


_SIMPLES: dict[Any, Any] = {str: "exemple", bool: True, int | None: 1}


def _relire(classe: type[Any], contenu: dict[str, Any]) -> Any:
    connus = _types(classe)
    lus = {nom: _valeur(connus[nom], v) for nom, v in contenu.items() if nom in connus}
    return classe(**lus)


def _valeur(attendu: Any, lu: Any) -> Any:
    element = _element(attendu)
    if not _composee(element):
        return tuple(lu) if get_origin(attendu) is tuple else lu
    if get_origin(attendu) is tuple:
        return tuple(_relire(element, e) for e in lu)
    return _relire(element, lu)


def _types(classe: type[Any]) -> dict[str, Any]:
    types = get_type_hints(classe)
    return {f.name: types[f.name] for f in fields(classe)}


def _element(attendu: Any) -> Any:
    """Le type d'un champ, ou celui des éléments d'une suite."""
    return get_args(attendu)[0] if get_origin(attendu) is tuple else attendu


def _composee(attendu: Any) -> bool:
    """Vrai pour une partie de la grille, faux pour un texte, un nombre, un booléen."""
    return is_dataclass(attendu)
