"""Formulaires de l'étape « engager »."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

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
from maillage.socle.saisies import JOUR, cases, champ, texte


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
        widgets = {"role": texte(), "contribution_intervenant": texte(2)}


class FormulaireDAttentes(FormulaireDElement):
    """Ce que le DLA comprend d'un partenaire ; interne."""

    instance: AttentesDePartenaire

    codes = cases("Attentes usuelles", ())

    class Meta:
        model = AttentesDePartenaire
        fields = ["partagee", "complementaire", "interessante", "codes", "mots", "motivations"]
        widgets = {"mots": texte(), "motivations": texte()}

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
        champ(self, "codes").choices = [
            (f.libelle, [(a.code, a.libelle) for a in f.attentes]) for f in familles
        ]


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
        widgets = {"texte": texte()}

    def preparer(self) -> None:
        champ(self, "code").choices = [
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
        widgets = {"objet": texte(), "raisons": texte()}


class FormulaireDeValidation(FormulaireDElement):
    """La réponse de la structure porteuse du DLA."""

    class Meta:
        model = ValidationDuPorteur
        fields = ["etat", "date", "par", "remarques"]
        help_texts = {"par": "Nom et fonction de la personne qui répond."}
        widgets = {"date": JOUR, "remarques": texte()}


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
            "date": JOUR,
            "mode": forms.RadioSelect,
            "reserves": texte(),
            "suite_donnee": texte(),
            "raison_de_l_absence": texte(2),
        }

    def preparer(self) -> None:
        """Le comité du DLA pilote, ou celui d'un DLA associé."""
        associes = self.ingenierie.operateurs_associes.values("pk")
        operateur = champ(self, "operateur")
        operateur.queryset = Organisation.objects.filter(
            Q(pk__in=associes) | Q(pk=self.ingenierie.operateur_id)
        )
        operateur.empty_label = None
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
        widgets = {"demande_le": JOUR, "reponse_attendue_le": JOUR}

    def preparer(self) -> None:
        self.fields["part"].help_text = "Une part du coût, si le montant n’est pas fixé : « 40 »."
