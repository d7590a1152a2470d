"""Le thème d'un besoin, écrit comme on le cherche : par son libellé ou sa définition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from maillage import methode
from maillage.socle.mots import citer, enumerer
from maillage.socle.normalisation import normaliser
from maillage.territoires.champs import PROPOSITIONS_AU_PLUS, Saisie


def ecrire(code: str) -> str:
    """« Fonction employeur (Emploi) » : ce que l'on propose et que l'on sait relire."""
    for famille in methode.themes().familles:
        for theme in famille.themes:
            if theme.code == code:
                return f"{theme.libelle} ({famille.libelle})"
    return code


def chercher(texte: str) -> list[str]:
    """Les codes des thèmes dont chaque mot se lit dans le libellé, la définition ou la famille.

    Ceux que dit le libellé d'abord.
    """
    mots = normaliser(texte).split()
    if not mots:
        return []
    trouves = [
        (not all(mot in normaliser(theme.libelle) for mot in mots), rang, theme.code)
        for rang, (theme, dit) in enumerate(_index())
        if all(mot in dit for mot in mots)
    ]
    return [code for _, _, code in sorted(trouves)]


def proposer(texte: str) -> list[str]:
    """Les textes à proposer à la frappe, au plus douze."""
    return [ecrire(code) for code in chercher(texte)[:PROPOSITIONS_AU_PLUS]]


class ChampTheme(forms.Field):
    """Rend le code d'un thème, ou un texte vide."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", Saisie(reverse_lazy("accueillir:themes"), {}))
        options.setdefault(
            "help_text", "Un mot suffit : « embauche », « trésorerie »… puis choisissez."
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        texte = (value or "").strip()
        if not texte:
            return ""
        candidats = _exacts(texte) or chercher(texte)
        if len(candidats) == 1:
            return candidats[0]
        if candidats:
            exemples = enumerer([citer(ecrire(code)) for code in candidats[:5]], "ou")
            raise ValidationError(f"Plusieurs thèmes répondent à ces mots : {exemples}.")
        raise ValidationError(
            f"{citer(texte)} n’est pas un thème de la liste. Essayez un autre mot, ou "
            "laissez vide : les mots de la structure suffisent."
        )

    def prepare_value(self, value: Any) -> Any:
        return ecrire(value) if value in _codes() else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()


def _index() -> list[tuple[methode.Element, str]]:
    """Chaque thème, et les mots où on le cherche."""
    return [
        (theme, normaliser(f"{theme.libelle} {theme.aide} {famille.libelle}"))
        for famille in methode.themes().familles
        for theme in famille.themes
    ]


def _codes() -> set[str]:
    return {theme.code for theme in methode.themes().themes}


def _exacts(texte: str) -> list[str]:
    """Les codes des thèmes ainsi écrits, libellé seul ou suivi de sa famille."""
    voulu = normaliser(texte)
    return [
        theme.code
        for theme in methode.themes().themes
        if voulu in (normaliser(ecrire(theme.code)), normaliser(theme.libelle))
    ]
