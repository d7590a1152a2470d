"""Formulaire de dépôt d'un document."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.socle.documents.operations import TITRE_MAX
from maillage.socle.documents.types import ACCEPT
from maillage.socle.sujets import Sujet


class FormulaireDeDepot(forms.Form):
    """Un fichier, son titre, et s'il reste interne (pour qui lit l'interne)."""

    fichier = forms.FileField(
        label="Fichier",
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text="Word, Excel, PowerPoint, ODT, ODS, PDF, image, texte ou CSV ; sans macros.",
    )
    titre = forms.CharField(
        label="Titre",
        max_length=TITRE_MAX,
        required=False,
        help_text="À défaut, le nom du fichier.",
    )
    interne = forms.BooleanField(
        label="Interne au DLA : les partenaires et les structures ne le voient pas",
        required=False,
    )

    def __init__(self, *args: Any, sujet: Sujet, **options: Any) -> None:
        super().__init__(*args, **options)
        if not sujet.interne:
            del self.fields["interne"]
