"""Formulaires de la mobilisation, des groupes et du choix dans un registre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from maillage import methode
from maillage.annuaire.champs import filtre_de_secteur
from maillage.annuaire.models import Organisation
from maillage.confirmer import choix
from maillage.confirmer.models import (
    Atteint,
    ConcurrencePresumee,
    EffectifDeclare,
    Groupe,
    Palier,
    Participation,
)
from maillage.confirmer.models.mobilisation import A_GROUPER, ParticipationQuerySet
from maillage.ingenieries.forms import FormulaireDElement
from maillage.socle.formulaires import Section
from maillage.socle.listes import Filtres
from maillage.socle.saisies import JOUR, cases, champ

REPONSES = [("", "pas dit"), ("oui", "oui"), ("reserve", "avec des réserves"), ("non", "non")]
REPONSE = "question_"


class FormulaireDeParticipation(FormulaireDElement):
    """Ce qu'une structure a répondu, qui viendra, et ce que l'on en décide."""

    instance: Participation
    quantites = ("benevoles", "salaries")

    class Meta:
        model = Participation
        fields = [
            "contactee_le",
            "remarques",
            "attentes",
            "niveau",
            "participants",
            "creneaux",
            "aucun_creneau",
            "disponibilites",
            "hors_collectif",
            "raison",
            "motif",
            "informee_le",
        ]
        widgets = {
            "contactee_le": JOUR,
            "informee_le": JOUR,
            "creneaux": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "motif": "Pourquoi elle n’est pas retenue, ou pourquoi elle s’est désistée.",
            "participants": "Fonctions et prénoms : « la directrice et un administrateur ».",
        }

    def preparer(self) -> None:
        questions = poser_les_questions(self, self.instance.reponses)
        self.order_fields(["contactee_le", *questions])
        champ(self, "creneaux").queryset = self.ingenierie.creneaux.all()

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        refuser_aucun_et_un(self, donnees)
        self.instance.reponses = lire_les_reponses(donnees)
        return donnees


def poser_les_questions(formulaire: forms.BaseForm, dites: Mapping[str, str]) -> list[str]:
    """Ajoute les quatre questions, avec ce qui a déjà été dit ; rend le nom des champs."""
    noms = []
    for question in methode.liste("groupes.questions"):
        nom = REPONSE + question.code
        formulaire.fields[nom] = forms.ChoiceField(
            label=question.libelle,
            choices=REPONSES,
            required=False,
            initial=dites.get(question.code, ""),
        )
        noms.append(nom)
    return noms


def lire_les_reponses(donnees: Mapping[str, Any]) -> dict[str, str]:
    """Ce qui a été répondu, par code de question."""
    return {
        nom.removeprefix(REPONSE): valeur
        for nom, valeur in donnees.items()
        if nom.startswith(REPONSE) and valeur
    }


def refuser_aucun_et_un(formulaire: forms.BaseForm, donnees: dict[str, Any]) -> None:
    """« Aucun de ces créneaux » et un créneau coché se contredisent."""
    if donnees.get("aucun_creneau") and donnees.get("creneaux"):
        formulaire.add_error(
            "aucun_creneau", "Des créneaux sont cochés : gardez-les, ou cochez « aucun »."
        )


class FormulaireDEffectif(FormulaireDElement):
    """Un nombre de structures que la source ne nomme pas."""

    quantites = ("nombre",)
    sections = (Section("Une partie seulement", ("dont", "proportion")),)

    class Meta:
        model = EffectifDeclare
        fields = ["palier", "dont", "proportion", "precision", "source"]

    def preparer(self) -> None:
        self.order_fields(["palier", "nombre"])
        self.fields["nombre"].help_text = "« 27 », « une trentaine », « au moins 20 »…"


class FormulaireDeConcurrence(FormulaireDElement):
    """Deux structures que l'on croit concurrentes."""

    class Meta:
        model = ConcurrencePresumee
        fields = ["une", "autre", "raison"]

    def preparer(self) -> None:
        siennes = self.ingenierie.participations.select_related("structure")
        for nom in ("une", "autre"):
            champ(self, nom).queryset = siennes


class FormulaireDeGroupe(FormulaireDElement):
    """Un groupe, ce qui fait son profil, et ses structures."""

    quantites = ("places", "effectif")
    facteurs = cases("Ce qui fait son profil", choix.facteurs)

    class Meta:
        model = Groupe
        fields = ["nom", "theme", "participations", "facteurs", "profil"]
        widgets = {"participations": forms.CheckboxSelectMultiple}

    def preparer(self) -> None:
        participations = champ(self, "participations")
        participations.queryset = (
            self.ingenierie.participations.filter(A_GROUPER | Q(groupes=self.instance.pk))
            .select_related("structure")
            .distinct()
        )
        participations.help_text = _vigilances()


def _vigilances() -> str:
    """Les quatre questions à se poser avant de réunir (S3, fiche 4)."""
    questions = format_html_join(
        "", "<li>{} {}</li>", ((v.libelle, v.aide) for v in methode.liste("groupes.vigilances"))
    )
    return format_html("Avant de réunir, demandez-vous :<ul>{}</ul>", questions)


class FiltresDeMobilisation(Filtres):
    """Où en sont les structures d'une mission."""

    q = forms.CharField(label="Chercher une structure", required=False, max_length=100)
    palier = forms.ChoiceField(
        label="Aujourd’hui",
        required=False,
        choices=[("", "Tous les paliers"), *Palier.choices, ("a_prevenir", "à prévenir")],
    )
    atteint = forms.ChoiceField(
        label="Ont été", required=False, choices=[("", "Peu importe"), *Atteint.choices]
    )

    def appliquer(self, objets: ParticipationQuerySet) -> ParticipationQuerySet:
        voulu = self.cleaned_data
        retenues: ParticipationQuerySet = super().appliquer(objets)
        if voulu.get("palier") == "a_prevenir":
            retenues = retenues.a_prevenir()
        elif voulu.get("palier"):
            retenues = retenues.filter(palier=voulu["palier"])
        if voulu.get("atteint"):
            retenues = retenues.filter(atteint__in=Atteint.values[_rang(voulu["atteint"]) :])
        return retenues


def _rang(atteint: str) -> int:
    return Atteint.values.index(atteint)


class FiltresDeRegistre(Filtres):
    """Chercher dans l'annuaire que l'on voit."""

    egaux = ("secteur",)
    q = forms.CharField(label="Nom, sigle ou numéro", required=False, max_length=100)
    secteur = filtre_de_secteur()


class ChoixDOrganisations(forms.Form):
    """Les organisations cochées, et le jour ou le palier qui va avec."""

    organisations = forms.ModelMultipleChoiceField(
        queryset=Organisation.objects.none(),
        error_messages={
            "required": "Cochez au moins une organisation, puis ajoutez.",
            "invalid_choice": (
                "Une organisation cochée n’est pas dans votre registre ou figure déjà au dossier."
            ),
            "invalid_pk_value": "Une case cochée n’est pas lisible : rechargez la page.",
        },
    )

    def __init__(self, *args: Any, candidates: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ(self, "organisations").queryset = candidates


class ChoixDeStructures(ChoixDOrganisations):
    """Des structures à mobiliser, et le palier où elles en sont déjà."""

    palier = forms.ChoiceField(
        label="Elles sont déjà", choices=Atteint.choices, initial=Atteint.REPEREE
    )


class ReponseAuxStructures(forms.Form):
    """Les structures (ou prestataires) que l'on a prévenus, et quand."""

    le = forms.DateField(label="Prévenues le", widget=JOUR, initial=timezone.localdate)

    def clean_le(self) -> Any:
        le = self.cleaned_data["le"]
        if le > timezone.localdate():
            raise ValidationError("Cette date est à venir : notez le jour où c’est fait.")
        return le
