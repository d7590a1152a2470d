"""Piège à fautes de frappe : une variable inconnue dans un gabarit à nous fait échouer le test."""

import sys
from pathlib import Path

from django.template.base import Node, Origin

DEPOT = Path(__file__).resolve().parent.parent


class VariableInconnue(str):
    """Ce que Django met à la place d'une variable absente (``string_if_invalid``).

    Dans les gabarits d'autrui (Django, allauth), elle se comporte comme la chaîne vide
    habituelle ; dans les nôtres, elle proteste.
    """

    def __bool__(self) -> bool:
        return _chez_nous(_origine_en_cours())

    def __contains__(self, motif: object) -> bool:
        return motif == "%s"

    def __mod__(self, variable: object) -> str:
        origine = _origine_en_cours()
        raise AssertionError(f"Variable de gabarit inconnue : « {variable} » dans {origine}")


def _origine_en_cours() -> Origin | None:
    """Le gabarit dont un nœud est en train d'être rendu, lu dans la pile d'appels."""
    cadre = sys._getframe(1)
    while cadre := cadre.f_back:
        noeud = cadre.f_locals.get("self")
        if isinstance(noeud, Node) and (origine := getattr(noeud, "origin", None)):
            return origine
    return None


def _chez_nous(origine: Origin | None) -> bool:
    if origine is None:
        return False
    chemin = Path(origine.name)
    return chemin.is_relative_to(DEPOT / "src") or chemin.is_relative_to(DEPOT / "tests")
