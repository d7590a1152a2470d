"""Déposer un fichier du registre, ou choisir celui que l'on a posé sur le serveur."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from maillage.annuaire.models import Registre

EXTENSIONS = (".csv", ".zip", ".parquet")


class FormulaireDImport(forms.Form):
    """Un registre, et un fichier d'un seul des deux endroits."""

    registre = forms.ChoiceField(
        label="Registre", choices=Registre.choices, widget=forms.RadioSelect
    )
    fichier = forms.FileField(
        label="Fichier à envoyer",
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
    )
    sur_le_serveur = forms.ChoiceField(label="Ou fichier posé sur le serveur", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields[
            "fichier"
        ].help_text = f"Un zip ou un CSV, {filesizeformat(settings.TAILLE_REQUETE)} au plus."
        choix = self.fields["sur_le_serveur"]
        assert isinstance(choix, forms.ChoiceField)  # noqa: S101
        choix.choices = [("", "Aucun"), *fichiers_poses()]
        choix.help_text = (
            f"Les fichiers nationaux sont lourds : copiez-les dans {settings.DOSSIER_REGISTRE}."
        )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if bool(donnees.get("fichier")) == bool(donnees.get("sur_le_serveur")):
            raise forms.ValidationError(
                "Choisissez un fichier : celui que vous envoyez, ou l’un de ceux du serveur."
            )
        return donnees


def fichiers_poses() -> list[tuple[str, str]]:
    """Les fichiers du dossier du registre : (nom, « nom, taille »)."""
    dossier = Path(settings.DOSSIER_REGISTRE)
    if not dossier.is_dir():
        return []
    return [
        (chemin.name, f"{chemin.name}, {filesizeformat(chemin.stat().st_size)}")
        for chemin in sorted(dossier.iterdir())
        if chemin.is_file() and chemin.suffix.lower() in EXTENSIONS
    ]
