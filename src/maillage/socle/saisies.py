"""Les saisies que partagent les formulaires : un jour, une heure, un texte, des cases."""

from __future__ import annotations

from typing import Any

from django import forms

JOUR = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HEURE = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
PUCES = " \t\u00a0-–—•*·"
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def texte(lignes: int = 3, **attributs: Any) -> forms.Textarea:
    """Un texte sur plusieurs lignes ; `lignes` : la hauteur proposée."""
    return forms.Textarea(attrs={"rows": lignes, **attributs})


def cases(libelle: str, choix: Any, **options: Any) -> forms.MultipleChoiceField:
    """Des cases à cocher, dont aucune n'est obligatoire à moins de le dire."""
    return forms.MultipleChoiceField(
        label=libelle,
        choices=choix,
        widget=forms.CheckboxSelectMultiple,
        **{"required": False, **options},
    )


def lignes_ecrites(colle: str) -> list[str]:
    """Les lignes d'une liste collée, sans leur puce ; une ligne vide n'en est pas une."""
    return [ecrite for ligne in colle.splitlines() if (ecrite := ligne.strip(PUCES))]


def champ(formulaire: forms.BaseForm, nom: str) -> Any:
    """Un champ du formulaire, pour en régler les choix."""
    return formulaire.fields[nom]
