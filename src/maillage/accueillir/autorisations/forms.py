"""Répondre pour chaque catégorie, soustraire, consigner avec une preuve."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from maillage.accueillir.autorisations.tenue import Constat, Tenue, signature
from maillage.accueillir.models import Diagnostic, ExceptionDAutorisation
from maillage.socle.documents.types import ACCEPT
from maillage.socle.saisies import champ, texte

OUI, NON = "oui", "non"
REPONSES = [(OUI, "Ouvrir mes diagnostics"), (NON, "Ne pas les ouvrir")]
_INITIALE = {True: OUI, False: NON, None: None}
CONSIGNEES = [(OUI, "La structure les ouvre"), (NON, "La structure ne les ouvre pas")]


class FormulaireDeConstat(forms.Form):
    """L'agent écrit ce que la structure a dit : qui, et ce qui le montre."""

    par = forms.CharField(
        label="Qui l’a dit, pour la structure",
        max_length=200,
        help_text="Le nom et la fonction, par exemple « Mme Diallo, présidente ».",
    )
    preuve = forms.CharField(
        label="Ce qui le montre",
        max_length=2000,
        required=False,
        widget=texte(2),
        help_text="Par exemple « charte signée au premier rendez-vous, le 3 mars ».",
    )
    fichier = forms.FileField(
        label="Ou le document qui le montre",
        max_length=255,
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text="La charte signée, le courriel. La structure le verra.",
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not (donnees.get("preuve") or donnees.get("fichier") or self.errors.get("fichier")):
            self.add_error(
                "preuve", "Dites ce qui le montre, ou joignez le document : l’un des deux suffit."
            )
        return donnees

    @property
    def constat(self) -> Constat:
        """Ce qui a été écrit, une fois le formulaire valide."""
        lu = self.cleaned_data
        return Constat(lu["par"], lu["preuve"], lu["fichier"])


class FormulaireDeLevee(FormulaireDeConstat):
    """L'agent lève une exception qu'il avait consignée : cela rouvre, donc cela se prouve."""

    exception = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, exception: ExceptionDAutorisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.auto_id, self.initial = f"lever-{exception.pk}-%s", {"exception": exception.pk}


class FormulaireDAutorisations(forms.Form):
    """Une réponse par catégorie ; ne rien choisir laisse fermé, sans rien écrire."""

    vu = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, tenue: Tenue, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reponses = tenue.reponses()
        self.codes = [r.code for r in self.reponses]
        self.fields["vu"].initial = signature(self.reponses)
        for reponse in self.reponses:
            self.fields[reponse.code] = forms.ChoiceField(
                label=reponse.libelle,
                help_text=reponse.aide,
                choices=CONSIGNEES if tenue.auteur.consigne else REPONSES,
                widget=forms.RadioSelect,
                required=False,
                initial=_INITIALE[reponse.dite],
            )

    @property
    def choix(self) -> dict[str, bool]:
        """Les réponses données, par code de catégorie."""
        dites = {code: self.cleaned_data[code] for code in self.codes}
        return {code: dite == OUI for code, dite in dites.items() if dite}

    def relire(self, tenue: Tenue) -> None:
        """Après un refus : montre la réponse d'aujourd'hui, et repart d'elle."""
        lues: Any = self.data
        donnees = lues.copy()
        self.reponses = tenue.reponses()
        donnees[self.add_prefix("vu")] = signature(self.reponses)
        self.data = donnees


class FormulaireDeConsignation(FormulaireDeConstat, FormulaireDAutorisations):
    """Les réponses de la structure, que l'agent consigne."""

    def __init__(self, *args: Any, tenue: Tenue, **options: Any) -> None:
        super().__init__(*args, tenue=tenue, **options)
        self.order_fields(["vu", *self.codes, *FormulaireDeConstat.base_fields])


class FormulaireDException(forms.ModelForm):
    """Un document, un destinataire, ou l'un à l'autre."""

    class Meta:
        model = ExceptionDAutorisation
        fields = ("diagnostic", "organisation", "categorie")
        labels = {
            "diagnostic": "Quel diagnostic",
            "organisation": "À quelle organisation",
            "categorie": "Ou à quels destinataires",
        }

    def __init__(self, *args: Any, tenue: Tenue, **options: Any) -> None:
        super().__init__(*args, **options)
        self.auto_id = "exception-%s"
        diagnostics = champ(self, "diagnostic")
        diagnostics.queryset = tenue.diagnostics.select_related("operateur")
        diagnostics.empty_label = "Tous"
        diagnostics.label_from_instance = nommer
        possibles = champ(self, "organisation")
        possibles.queryset = tenue.possibles()
        possibles.empty_label = "Toutes"
        categories = champ(self, "categorie")
        categories.choices = [
            ("", "Tous les destinataires") if code == "" else (code, libelle)
            for code, libelle in categories.choices
        ]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not self.errors and not (donnees.get("diagnostic") or donnees.get("organisation")):
            raise ValidationError(
                "Choisissez un diagnostic, une organisation, ou les deux. Pour fermer tous vos "
                "diagnostics à une catégorie, répondez-le plus haut."
            )
        return donnees


class FormulaireDExceptionConsignee(FormulaireDeConstat, FormulaireDException):
    """Ce que la structure soustrait, que l'agent consigne."""

    def __init__(self, *args: Any, tenue: Tenue, **options: Any) -> None:
        super().__init__(*args, tenue=tenue, **options)
        self.order_fields([*FormulaireDException.Meta.fields, *FormulaireDeConstat.base_fields])


def nommer(diagnostic: Diagnostic) -> str:
    """« Diagnostic du 3 mars 2026, DLA du Doubs »."""
    return f"Diagnostic du {date_format(diagnostic.date, 'j F Y')}, {diagnostic.operateur.nom}"
