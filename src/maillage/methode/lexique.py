"""Lire le lexique des besoins et ne le rendre que s'il se tient."""

import re
import unicodedata
from importlib.resources.abc import Traversable

from .erreurs import MethodeInvalide
from .lecture import lire_sujet
from .notions.lexique import (
    Equivalences,
    ExpressionsDUnTheme,
    Facettes,
    FamilleDuLexique,
    Lexique,
)
from .notions.reperes import FamilleDeThemes, Themes

DOSSIER = "lexique"


def charger_lexique(dossier: Traversable, themes: Themes) -> Lexique:
    """Le lexique de ``dossier/lexique`` : un fichier par famille, et les équivalences.

    Lève ``MethodeInvalide`` (fichier, code, raison) : forme, thème inconnu ou sans expression,
    expression écrite deux fois pour le même thème.
    """
    return Lexique(
        familles=tuple(_famille(dossier, famille) for famille in themes.familles),
        mots=lire_sujet(dossier, f"{DOSSIER}/equivalences", Equivalences),
        facettes=_facettes(dossier, themes),
    )


def _famille(dossier: Traversable, famille: FamilleDeThemes) -> FamilleDuLexique:
    nom = f"{DOSSIER}/{famille.code}"
    lue = lire_sujet(dossier, nom, FamilleDuLexique)
    _memes_themes(nom, [t.code for t in lue.themes], [t.code for t in famille.themes])
    for theme in lue.themes:
        _refuser_les_doublons(f"{nom}.yaml", theme)
    return lue


def _facettes(dossier: Traversable, themes: Themes) -> Facettes:
    nom = f"{DOSSIER}/facettes"
    lues = lire_sujet(dossier, nom, Facettes)
    _memes_themes(nom, [t.theme for t in lues.themes], [t.code for t in themes.themes])
    return lues


def _memes_themes(nom: str, ecrits: list[str], attendus: list[str]) -> None:
    for code in ecrits:
        if code not in attendus:
            raise MethodeInvalide(f"{nom}.yaml", code, "thème absent de la nomenclature")
        if ecrits.count(code) > 1:
            raise MethodeInvalide(f"{nom}.yaml", code, "thème écrit deux fois")
    if oublies := [code for code in attendus if code not in ecrits]:
        raise MethodeInvalide(f"{nom}.yaml", oublies[0], "thème sans expression")


def _refuser_les_doublons(fichier: str, theme: ExpressionsDUnTheme) -> None:
    vues: dict[str, str] = {}
    for poids, expression in theme.pesees():
        cle = _lisse(expression)
        if not cle:
            raise MethodeInvalide(fichier, theme.code, f"{poids} : « {expression} » n’a pas de mot")
        if cle in vues:
            raison = f"« {expression} » écrite deux fois ({vues[cle]} et {poids})"
            raise MethodeInvalide(fichier, theme.code, raison)
        vues[cle] = poids


def _lisse(expression: str) -> str:
    decompose = unicodedata.normalize("NFKD", expression.lower())
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"[\u0300-\u036f]", "", decompose)))
