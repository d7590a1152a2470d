"""Formulaires de la capitalisation : la fiche, le gabarit Word."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile

from maillage.capitaliser import choix
from maillage.capitaliser.models import Fiche
from maillage.capitaliser.reprise import Depart
from maillage.identifier.choix import themes_par_famille
from maillage.ingenieries.forms import FormulaireDElement, FormulaireDIngenierie
from maillage.socle.documents.presentations import Presentation
from maillage.socle.documents.rendu_word import GabaritRefuse
from maillage.socle.saisies import cases, champ

POIDS_DU_GABARIT = 5 * 1024 * 1024


def _plusieurs(libelle: str, choix_possibles: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=libelle,
        choices=choix_possibles,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class FormulaireDeFiche(FormulaireDElement):
    """Ce que l'on retient et comment cela voyage ; le reste de la fiche vient du dossier."""

    themes = forms.MultipleChoiceField(
        label="Thèmes",
        choices=themes_par_famille,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Par eux, la fiche se trouve. Sans rien choisir, ceux des signaux valent.",
    )
    natures = _plusieurs("Ce que l’on garde", choix.natures)
    destinataires = _plusieurs("À qui le transmettre", choix.destinataires)
    responsables = _plusieurs("Qui s’en charge", choix.responsables)
    formes = _plusieurs("Sous quelle forme", choix.formes)
    ton = forms.ChoiceField(
        label="Sur quel ton",
        choices=lambda: [("", "Sans préférence"), *choix.tons()],
        required=False,
    )

    class Meta:
        model = Fiche
        fields: ClassVar[list[str]] = [
            "titre",
            "resume",
            "themes",
            "natures",
            "a_retenir",
            "transferable",
            "but_du_transfert",
            "destinataires",
            "responsables",
            "formes",
            "ton",
        ]

    def preparer(self) -> None:
        """Une fiche qui n'existe pas encore propose le titre de la mission."""
        if self.instance._state.adding:
            self.initial["titre"] = self.ingenierie.titre


class FormulaireDeReprise(FormulaireDIngenierie):
    """Le formulaire d'ouverture, prérempli ; des cases disent ce qui vient avec le titre.

    `cle` est celle de la mission à ouvrir : envoyée deux fois, elle n'en ouvre qu'une.
    """

    parties = cases("Ce que vous reprenez", [])
    cle = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, depart: Depart, cle: UUID, **kwargs: Any) -> None:
        super().__init__(*args, initial={**depart.entete, "cle": cle}, **kwargs)
        self.instance.pk, self.instance.issue_de_id = cle, depart.mission
        champ(self, "parties").choices = depart.choix()
        self.initial["parties"] = [code for code, _ in depart.choix()]


class FormulaireDeGabarit(forms.Form):
    """Un document Word à champs, essayé avant d'être adopté."""

    fichier = forms.FileField(
        label="Votre gabarit (document Word, .docx)",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, *args: Any, presentation: Presentation[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.presentation = presentation

    def clean_fichier(self) -> UploadedFile:
        fichier: UploadedFile = self.cleaned_data["fichier"]
        if (fichier.size or 0) > POIDS_DU_GABARIT:
            raise forms.ValidationError("Ce document dépasse 5 Mo : allégez ses images.")
        self.contenu = fichier.read()
        try:
            self.presentation.verifier(self.contenu)
        except GabaritRefuse as refus:
            raise forms.ValidationError(refus.raison) from refus
        return fichier
