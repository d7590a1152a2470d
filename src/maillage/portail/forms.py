"""Remettre soi-même un lien : dire comment."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.annuaire.models import Personne


class FormulaireDeRemise(forms.Form):
    """Un lien que l'agent copie : ce qui se répondra par lui dira comment il a été remis."""

    preuve = forms.CharField(
        label="Comment vous le lui remettez",
        max_length=200,
        help_text="Par exemple « en main propre, au rendez-vous du 3 mars ».",
    )

    def __init__(self, *args: Any, contact: Personne, **options: Any) -> None:
        super().__init__(*args, **options)
        self.contact = contact
        self.auto_id = f"remise-{contact.pk}-%s"
