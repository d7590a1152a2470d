"""Écrire un cas en YAML, toujours de la même façon : deux exports du même dossier sont égaux."""

from __future__ import annotations

from typing import Any

import yaml

LARGEUR = 100
COURT = 72
"""Au-delà, un texte se plie sous sa clé."""


class _Scripte(yaml.SafeDumper):
    """Les listes à tirets sous leur clé, les textes longs pliés, rien d'échappé."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)


def _texte(scripte: _Scripte, texte: str) -> yaml.Node:
    pli = ">" if len(texte) > COURT or "\n" in texte else None
    return scripte.represent_scalar("tag:yaml.org,2002:str", texte, style=pli)


def _liste(scripte: _Scripte, liste: list[Any]) -> yaml.Node:
    """Une suite de mots tient sur une ligne, une suite de tables se met à tirets."""
    simple = not any(isinstance(e, dict) for e in liste)
    return scripte.represent_sequence("tag:yaml.org,2002:seq", liste, flow_style=simple)


_Scripte.add_representer(str, _texte)
_Scripte.add_representer(list, _liste)


def ecrire(cas: dict[str, Any]) -> str:
    """Le texte du fichier ; une ligne vide entre les rubriques."""
    return "\n".join(_rubrique(cle, valeur) for cle, valeur in cas.items())


def _rubrique(cle: str, valeur: Any) -> str:
    texte: str = yaml.dump(
        {cle: valeur}, Dumper=_Scripte, allow_unicode=True, sort_keys=False, width=LARGEUR
    )
    return texte
