"""Formulaires de l'étape « finaliser »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from maillage import methode
from maillage.annuaire.models import Organisation
from maillage.finaliser import choix
from maillage.finaliser.calculs.matrice import EtatCellule, Groupe, Ligne
from maillage.finaliser.models import (
    Adaptation,
    AppreciationDeRegistre,
    Forme,
    Niveau,
    QuestionAdaptee,
    Reponse,
    Resultat,
    Seance,
)
from maillage.ingenieries.forms import FormulaireDElement
from maillage.ingenieries.models import Ingenierie
from maillage.socle.saisies import HEURE, JOUR, cases, champ

ENSEMBLE = (Forme.COLLECTIVE, Forme.INFORMATION, Forme.PRESENTATION)


def organisations_de(ingenierie: Ingenierie) -> QuerySet[Organisation]:
    """Celles qui peuvent parler de la mission : structures, partenaires, prestataires, DLA."""
    return Organisation.objects.filter(
        Q(pk__in=ingenierie.participations.values("structure"))
        | Q(pk__in=ingenierie.partenariats.values("organisation"))
        | Q(pk__in=ingenierie.offres.values("prestataire"))
        | Q(pk__in=ingenierie.operateurs_associes.values("pk"))
        | Q(pk=ingenierie.operateur_id)
    )


class FormulaireDeSeance(FormulaireDElement):
    """Une séance ; la date d'un cas ancien peut manquer."""

    quantites = ("duree", "presents")

    class Meta:
        model = Seance
        fields = [
            "forme",
            "titre",
            "groupe",
            "participation",
            "date",
            "heure",
            "lieu",
            "intervenants",
            "contenu",
        ]
        widgets = {"date": JOUR, "heure": HEURE}
        help_texts = {"date": "Vide si elle n’est pas fixée, ou plus connue."}

    def preparer(self) -> None:
        champ(self, "groupe").queryset = self.ingenierie.groupes.all()
        champ(self, "participation").queryset = self.ingenierie.participations.select_related(
            "structure"
        )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("participation") and donnees.get("forme") in ENSEMBLE:
            self.add_error(
                "participation",
                "Cette forme réunit plusieurs structures : choisissez un temps individuel, ou "
                "laissez ce champ vide.",
            )
        return donnees


class FormulaireDeResultat(FormulaireDElement):
    """Un résultat : une phrase suffit, un nombre ou un montant s'il y en a."""

    quantites = ("nombre", "montant", "structures", "delai")

    class Meta:
        model = Resultat
        fields = ["nature", "phrase", "obtenu", "constate_le", "source"]
        widgets = {"constate_le": JOUR}
        help_texts = {
            "phrase": "Par exemple « Deux associations partagent désormais une comptable ».",
        }


class FormulaireDeRegistre(FormulaireDElement):
    """Ce que l'on retient sur un registre."""

    class Meta:
        model = AppreciationDeRegistre
        fields = ["registre", "niveau", "texte"]

    def preparer(self) -> None:
        remplis = self.ingenierie.appreciations.exclude(pk=self.instance.pk)
        pris = set(remplis.values_list("registre", flat=True))
        registre = champ(self, "registre")
        registre.choices = [(code, nom) for code, nom in choix.registres() if code not in pris]
        registre.help_text = " ".join(
            f"{r.libelle} : {' '.join(q.libelle for q in r.questions)}"
            for r in methode.evaluation().registres
            if r.code not in pris
        )


class _FormulaireDAdaptation(FormulaireDElement):
    """Ce que les deux adaptations ont en commun : des publics et une raison."""

    instance: QuestionAdaptee
    geste: Adaptation
    publics = cases("Publics", choix.publics)

    def preparer(self) -> None:
        self.instance.geste = self.geste

    def _get_validation_exclusions(self) -> set[str]:
        """Vérifie aussi les règles qui portent sur le geste, que le formulaire ne montre pas."""
        return super()._get_validation_exclusions() - {"geste"}


class FormulaireDeQuestionAjoutee(_FormulaireDAdaptation):
    """Une question propre à la mission."""

    geste = Adaptation.AJOUTEE

    class Meta:
        model = QuestionAdaptee
        fields = ["libelle", "groupe", "publics", "raison"]

    def preparer(self) -> None:
        super().preparer()
        for nom in ("libelle", "groupe", "publics"):
            self.fields[nom].required = True


class FormulaireDeMiseDeCote(_FormulaireDAdaptation):
    """Ce que la mission ne demandera pas, et pourquoi."""

    geste = Adaptation.ECARTEE

    class Meta:
        model = QuestionAdaptee
        fields = ["question", "publics", "raison"]

    def preparer(self) -> None:
        super().preparer()
        self.fields["question"].help_text = "Vide : toutes les questions de ces publics."
        self.fields["publics"].help_text = "Aucun coché : cette question pour tous les publics."


class FormulaireDeReponse(FormulaireDElement):
    """Ce qu'une voix répond à une question."""

    instance: Reponse

    class Meta:
        model = Reponse
        fields = ["public", "organisation", "auteur", "niveau", "mots", "repondu_le"]
        widgets = {"repondu_le": JOUR}

    def preparer(self) -> None:
        champ(self, "organisation").queryset = organisations_de(self.ingenierie)


class FormulaireDeQuestionnaire(forms.Form):
    """Toutes les questions posées à un public, pour une même voix ; on remplit ce que l'on a."""

    organisation = forms.ModelChoiceField(
        label="Qui répond",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Personne de nommé",
    )
    auteur = forms.CharField(label="Précision sur qui parle", required=False, max_length=160)
    repondu_le = forms.DateField(
        label="Répondu le", required=False, widget=JOUR, initial=timezone.localdate
    )

    def __init__(
        self,
        *args: Any,
        ingenierie: Ingenierie,
        public: str,
        groupes: Sequence[Groupe],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ingenierie, self.public = ingenierie, public
        self.groupes = [(g.libelle, self._posees(g)) for g in groupes]
        champ(self, "organisation").queryset = organisations_de(ingenierie)
        for rang, ligne in self._rangs():
            self.fields[f"niveau_{rang}"] = forms.ChoiceField(
                label=ligne.libelle, choices=[("", "pas dit"), *Niveau.choices], required=False
            )
            self.fields[f"mots_{rang}"] = forms.CharField(
                label="Ses mots", required=False, max_length=4000
            )

    def _posees(self, groupe: Groupe) -> list[Ligne]:
        attendue = (EtatCellule.PAS_REPONDU, EtatCellule.REPONDU)
        return [
            ligne
            for ligne in groupe.lignes
            if any(c.public == self.public and c.etat in attendue for c in ligne.cellules)
        ]

    def _rangs(self) -> Iterator[tuple[int, Ligne]]:
        return enumerate(ligne for _, lignes in self.groupes for ligne in lignes)

    @property
    def sections(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """Par groupe, les couples (appréciation, mots) à afficher."""
        rangs = {ligne.code: rang for rang, ligne in self._rangs()}
        return [
            (
                titre,
                [(self[f"niveau_{rangs[q.code]}"], self[f"mots_{rangs[q.code]}"]) for q in lignes],
            )
            for titre, lignes in self.groupes
            if lignes
        ]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not self.errors and not self.reponses():
            raise ValidationError("Notez au moins une appréciation ou quelques mots.")
        deja = self._deja_repondues()
        for rang, ligne in self._rangs():
            if self._dite(rang) and ligne.code in deja:
                self.add_error(
                    f"niveau_{rang}",
                    "Cette voix a déjà répondu : modifiez sa réponse depuis la question.",
                )
        return donnees

    def _dite(self, rang: int) -> bool:
        donnees = self.cleaned_data
        return bool(donnees.get(f"niveau_{rang}") or donnees.get(f"mots_{rang}"))

    def _deja_repondues(self) -> set[str]:
        """Questions où la même organisation, avec la même précision, a déjà une réponse."""
        organisation = self.cleaned_data.get("organisation")
        if organisation is None:
            return set()
        return set(
            self.ingenierie.reponses.filter(
                public=self.public,
                organisation=organisation,
                auteur=self.cleaned_data.get("auteur", ""),
            ).values_list("question", flat=True)
        )

    def reponses(self) -> list[Reponse]:
        """Les réponses saisies, une par question dite."""
        donnees = self.cleaned_data
        return [
            Reponse(
                question=ligne.code,
                public=self.public,
                organisation=donnees.get("organisation"),
                auteur=donnees.get("auteur", ""),
                niveau=donnees.get(f"niveau_{rang}", ""),
                mots=donnees.get(f"mots_{rang}", ""),
                repondu_le=donnees.get("repondu_le"),
            )
            for rang, ligne in self._rangs()
            if self._dite(rang)
        ]
