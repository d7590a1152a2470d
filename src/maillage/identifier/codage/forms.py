"""Ce que la page « À coder » reçoit : un thème, une source, la version lue."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.identifier import choix
from maillage.identifier.choix import themes_par_famille
from maillage.identifier.models import Signal


class FormulaireDeCodage(forms.Form):
    """Un besoin : le thème d'un bouton, ou celui de la liste ; la source s'il en manque une."""

    theme = forms.ChoiceField(required=False, choices=choix.themes)
    autre = forms.ChoiceField(
        label="Un autre thème",
        required=False,
        choices=lambda: [("", "Choisissez dans la liste"), *themes_par_famille()],
        widget=forms.Select(attrs={"data-raccourci": "c", "aria-keyshortcuts": "c"}),
    )
    source = forms.ChoiceField(
        label="D’où vient ce besoin",
        required=False,
        choices=lambda: [("", "À dire plus tard"), *choix.sources()],
        widget=forms.Select(attrs={"data-raccourci": "s", "aria-keyshortcuts": "s"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, signal: Signal) -> None:
        super().__init__(data, initial={"version": signal.version, "source": signal.source})
        self.signal = signal
        if signal.besoin_id:
            del self.fields["source"]

    def clean(self) -> dict[str, Any]:
        """Un thème au moins, celui du bouton d'abord ; à défaut, ceux que le besoin a déjà."""
        donnees = self.cleaned_data
        choisi = donnees.get("theme") or donnees.get("autre")
        donnees["themes"] = [choisi] if choisi else self.signal.themes
        donnees["source"] = donnees.get("source") or self.signal.source
        if not donnees["themes"]:
            self.add_error("autre", "Choisissez un thème, ou passez ce besoin.")
        return donnees
