"""Formulaires de l'étape « engager »."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage import methode
from maillage.annuaire.champs import ChampOrganisation
from maillage.annuaire.models import Nature as NatureDOrganisation
from maillage.annuaire.models import Organisation
from maillage.engager import choix
from maillage.engager.models import (
    AttentesDePartenaire,
    Avis,
    Financement,
    LigneDeBudget,
    Niveau,
    Objectif,
    Partenariat,
    ProjetDEvaluation,
    ValidationDuPorteur,
    Verification,
)
from maillage.ingenieries.forms import FormulaireDElement


def _jour() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _texte(lignes: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": lignes})


class FormulaireDePartenariat(FormulaireDElement):
    """Une organisation associée à la mission."""

    organisation = ChampOrganisation(label="Organisation", natures=NatureDOrganisation.partagees())

    class Meta:
        model = Partenariat
        fields = ["organisation", "famille", "role", "etat", "contribution_intervenant"]
        help_texts = {
            "etat": "Sollicitée ou engagée, l’organisation lit la mission, sans rien d’interne.",
            "contribution_intervenant": "Une salle, un témoignage, un temps d’intervention…",
        }
        widgets = {"role": _texte(), "contribution_intervenant": _texte(2)}


class FormulaireDAttentes(FormulaireDElement):
    """Ce que le DLA comprend d'un partenaire ; interne."""

    instance: AttentesDePartenaire

    codes = forms.MultipleChoiceField(
        label="Attentes usuelles", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AttentesDePartenaire
        fields = ["partagee", "complementaire", "interessante", "codes", "mots", "motivations"]
        widgets = {"mots": _texte(), "motivations": _texte()}

    def preparer(self) -> None:
        """Les trois questions de la méthode ; les attentes usuelles, sa famille d'abord."""
        for verification in methode.partenaires().verifications:
            self.fields[verification.code] = forms.ChoiceField(
                label=verification.libelle,
                help_text=verification.aide,
                choices=Verification.choices,
                widget=forms.RadioSelect,
            )
        famille = self.instance.partenariat.famille
        familles = sorted(methode.partenaires().familles, key=lambda f: f.code != famille)
        champ: Any = self.fields["codes"]
        champ.choices = [(f.libelle, [(a.code, a.libelle) for a in f.attentes]) for f in familles]


class FormulaireDObjectif(FormulaireDElement):
    """Un objectif de la méthode, ou le nôtre."""

    code = forms.ChoiceField(label="Objectif de la méthode", required=False)
    niveau = forms.ChoiceField(
        label="Niveau, pour un objectif à vous",
        required=False,
        choices=Niveau.choices,
        initial=Niveau.OPERATIONNEL,
    )

    class Meta:
        model = Objectif
        fields = ["code", "texte", "niveau"]
        help_texts = {"texte": "Ce que cet objectif veut dire ici ; ou un objectif à vous."}
        widgets = {"texte": _texte()}

    def preparer(self) -> None:
        champ: Any = self.fields["code"]
        champ.choices = [
            ("", "Un objectif à nous"),
            *(
                (niveau.label.capitalize(), [(o.code, o.libelle) for o in objectifs])
                for niveau, objectifs in choix.objectifs_par_niveau()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        connu = choix.niveau_de(donnees.get("code", ""))
        donnees["niveau"] = connu or donnees.get("niveau") or Niveau.OPERATIONNEL
        return donnees


class FormulaireDeProjetDEvaluation(FormulaireDElement):
    """Ce que l'on évaluera."""

    class Meta:
        model = ProjetDEvaluation
        fields = ["objet", "raisons"]
        help_texts = {"objet": "La démarche entière, ou les seules interventions ?"}
        widgets = {"objet": _texte(), "raisons": _texte()}


class FormulaireDeValidation(FormulaireDElement):
    """La réponse de la structure porteuse du DLA."""

    class Meta:
        model = ValidationDuPorteur
        fields = ["etat", "date", "par", "remarques"]
        help_texts = {"par": "Nom et fonction de la personne qui répond."}
        widgets = {"date": _jour(), "remarques": _texte()}


class FormulaireDAvis(FormulaireDElement):
    """L'avis d'un comité d'appui, demandé puis rendu."""

    class Meta:
        model = Avis
        fields = [
            "operateur",
            "mode",
            "date",
            "sens",
            "reserves",
            "suite_donnee",
            "raison_de_l_absence",
        ]
        labels = {"operateur": "Comité d’appui", "mode": "Comment l’avis est recueilli"}
        help_texts = {
            "date": "Celle de la séance ou de la réponse attendue, puis celle de l’avis.",
            "sens": "Laissez vide tant que le comité n’a pas répondu.",
            "suite_donnee": "L’avis éclaire, le DLA décide : dites ce que vous en faites.",
            "raison_de_l_absence": "Seulement si aucun avis n’est recueilli.",
        }
        widgets = {
            "date": _jour(),
            "mode": forms.RadioSelect,
            "reserves": _texte(),
            "suite_donnee": _texte(),
            "raison_de_l_absence": _texte(2),
        }

    def preparer(self) -> None:
        """Le comité du DLA pilote, ou celui d'un DLA associé."""
        associes = self.ingenierie.operateurs_associes.values("pk")
        champ: Any = self.fields["operateur"]
        champ.queryset = Organisation.objects.filter(pk__in=associes) | Organisation.objects.filter(
            pk=self.ingenierie.operateur_id
        )
        champ.empty_label = None
        if self.instance._state.adding:
            self.initial["operateur"] = self.ingenierie.operateur_id


class FormulaireDeLigne(FormulaireDElement):
    """Une dépense."""

    quantites = ("jours", "cout_jour", "montant")

    class Meta:
        model = LigneDeBudget
        fields = ["nature", "libelle", "jours", "cout_jour", "montant", "source"]
        help_texts = {"source": "Un devis, un tarif, une mission passée…"}

    def preparer(self) -> None:
        self.fields["montant"].help_text = "Vide si les jours et leur prix le donnent déjà."


class FormulaireDeFinancement(FormulaireDElement):
    """Un apport."""

    quantites = ("montant", "part")
    financeur = ChampOrganisation(label="Financeur")

    class Meta:
        model = Financement
        fields = [
            "financeur",
            "credits_dla",
            "famille",
            "montant",
            "part",
            "etat",
            "demande_le",
            "reponse_attendue_le",
        ]
        help_texts = {
            "credits_dla": "Ils paient des jours de conseil, pour des structures éligibles.",
            "famille": "D’où vient un financement complémentaire.",
        }
        widgets = {"demande_le": _jour(), "reponse_attendue_le": _jour()}

    def preparer(self) -> None:
        self.fields["part"].help_text = "Une part du coût, si le montant n’est pas fixé : « 40 »."
