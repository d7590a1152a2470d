"""Formulaires du projet d'intervention, du cahier des charges et de la consultation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from maillage import methode
from maillage.confirmer import choix
from maillage.confirmer.lecture import pistes_de
from maillage.confirmer.models import (
    CahierDesCharges,
    Consultation,
    EtatConsultation,
    Offre,
    ProjetDIntervention,
)
from maillage.ingenieries.forms import FormulaireDElement
from maillage.ingenieries.models import Ingenierie
from maillage.socle.formulaires import FormulaireDeVerbe, FormulaireSuivi, Section
from maillage.socle.saisies import JOUR, MOMENT, cases, champ, texte


class FormulaireDeProjet(FormulaireDElement):
    """Le projet d'intervention ; rien n'y est obligatoire."""

    quantites = ("jours", "duree", "prestataires")
    sections = (
        Section("Forme du travail et prestations", ("solution", "formes", "prestations")),
        Section(
            "Objectifs de chaque structure, contenus",
            ("objectifs_individuels", "adaptation", "resultats_quantitatifs", "contenus"),
        ),
        Section("Rythme, lieu et calendrier", ("rythme", "lieu", "logistique", "calendrier")),
        Section("Conduite de l’évaluation", ("indicateurs", "participation_evaluation")),
    )
    formes = cases("Formes de travail", choix.formes)
    prestations = cases("Types de prestation", choix.prestations)
    registres = cases("Registres d’évaluation retenus", choix.registres)

    class Meta:
        model = ProjetDIntervention
        fields = [
            "type_ingenierie",
            "solution",
            "formes",
            "prestations",
            "objectifs_collectifs",
            "objectifs_individuels",
            "adaptation",
            "resultats_qualitatifs",
            "resultats_quantitatifs",
            "contenus",
            "rythme",
            "lieu",
            "logistique",
            "calendrier",
            "systeme_intervenant",
            "temps_du_dla",
            "registres",
            "indicateurs",
            "participation_evaluation",
        ]
        widgets = {"type_ingenierie": forms.RadioSelect, "solution": forms.RadioSelect}

    def preparer(self) -> None:
        for nom in ("type_ingenierie", "solution"):
            choisi = champ(self, nom)
            choisi.choices = [c for c in choisi.choices if c[0]]
        debut = list(self.fields)[: list(self.fields).index("rythme")]
        self.order_fields([*debut, "jours", "duree", "prestataires"])
        self.fields["type_ingenierie"].help_text = _conseil(self.ingenierie)


def _conseil(ingenierie: Ingenierie) -> str:
    """Vers quoi penchent les objectifs de la mission, et que ce conseil est le nôtre."""
    avertissement = methode.ingenieries().avertissement
    pistes = pistes_de(ingenierie)
    if not pistes:
        return format_html(
            "Choisissez des objectifs opérationnels pour recevoir un conseil. {}", avertissement
        )
    lignes = format_html_join(
        "",
        "<li><strong>{}</strong>{}</li>",
        (
            (
                methode.libelle("ingenieries.types", p.type_ingenierie),
                f" : {' ; '.join(p.raisons)}" if p.raisons else "",
            )
            for p in pistes
        ),
    )
    return format_html("D’après vos objectifs :<ul>{}</ul>{}", lignes, avertissement)


class FormulaireDeCahier(FormulaireDElement):
    """Les mots du cahier ; ce que l'on n'y écrit pas se lit dans le dossier."""

    quantites = ("plafond",)

    class Meta:
        model = CahierDesCharges
        fields = [
            "demarche",
            "objectifs",
            "resultats",
            "conditions",
            "role_evaluation",
            "delai",
        ]
        help_texts = {
            "demarche": "La problématique de la mission suit, avec ses enjeux et ses besoins.",
            "objectifs": "Vide : les objectifs de la mission et ceux du projet d’intervention.",
            "resultats": "Vide : les résultats attendus du projet d’intervention.",
            "conditions": "Le rythme, le lieu et le calendrier du projet y sont déjà, au déroulé.",
            "role_evaluation": "Vide : qui prend part à l’évaluation, d’après le projet.",
            "delai": "Vide : la durée du projet d’intervention.",
        }


class FormulaireDeConsultation(FormulaireDElement):
    """Jusqu'à quand, et avec quel message."""

    class Meta:
        model = Consultation
        fields = ["limite_le", "consigne"]
        widgets = {"limite_le": MOMENT}
        help_texts = {
            "limite_le": (
                "Au-delà, plus aucune offre ne se dépose. Vide : jusqu’à ce que vous la closiez."
            )
        }


class FormulaireDOffreRecue(FormulaireDElement):
    """Un prestataire consulté, et l'offre qu'il a fait parvenir autrement.

    Tant que la consultation est ouverte, ce qu'il a déposé lui-même reste fermé.
    """

    instance: Offre
    quantites = ("montant", "jours")

    class Meta:
        model = Offre
        fields = ["consulte_le", "decline", "deposee_le", "proposition"]
        widgets = {"consulte_le": JOUR, "deposee_le": MOMENT}

    def preparer(self) -> None:
        consultation = getattr(self.ingenierie, "consultation", None)
        ouverte = consultation is not None and consultation.etat == EtatConsultation.OUVERTE
        if self.instance.deposee_par_id:
            scelles = ["decline", "deposee_le"]
            scelles += ["montant", "jours", "proposition"] if ouverte else []
            for nom in scelles:
                del self.fields[nom]

    def clean_deposee_le(self) -> Any:
        le = self.cleaned_data["deposee_le"]
        if le and le > timezone.now():
            raise forms.ValidationError("Cette date est à venir : notez quand l’offre est arrivée.")
        return le


class FormulaireDeMonOffre(FormulaireSuivi):
    """L'offre que dépose le prestataire : un montant, des jours, une proposition."""

    instance: Offre
    quantites = ("montant", "jours")

    class Meta:
        model = Offre
        fields = ["proposition"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposition"].required = True
        self.fields["proposition"].label = "Ce que vous proposez"
        self.fields["montant"].help_text = "Toutes taxes comprises, déplacements compris."
        self.fields["proposition"].help_text = (
            "Contenus, effort demandé aux structures, alternance des temps à plusieurs et "
            "individuels, recueil d’informations préalable : ce sur quoi les offres se comparent."
        )


class FormulaireDeNotes(forms.Form):
    """Les notes d'une personne sur une offre : 1 à 5 par critère, et pourquoi."""

    ECHELLE = [("", "pas noté"), *((str(n), str(n)) for n in range(1, 6))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for critere in methode.consultation().criteres:
            self.fields[critere.code] = forms.ChoiceField(
                label=critere.libelle,
                help_text=critere.aide,
                choices=self.ECHELLE,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"{critere.code}_remarque"] = forms.CharField(
                label=f"Pourquoi ({critere.libelle.lower()})", required=False, max_length=500
            )

    @property
    def notes(self) -> dict[str, tuple[int, str]]:
        """Par critère noté : (valeur, remarque)."""
        saisie = self.cleaned_data
        return {
            critere.code: (int(saisie[critere.code]), saisie[f"{critere.code}_remarque"])
            for critere in methode.consultation().criteres
            if saisie[critere.code]
        }


class FormulaireDeDecision(FormulaireDeVerbe):
    """Les offres retenues et ce qui a fait pencher."""

    retenues = forms.ModelMultipleChoiceField(
        label="Offres retenues",
        queryset=Offre.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucune : la consultation sera sans suite.",
    )
    motif = forms.CharField(
        label="Ce qui a fait pencher la décision",
        widget=texte(4),
        max_length=4000,
        error_messages={"required": "Dites ce qui a fait pencher : le motif reste au dossier."},
    )

    def __init__(self, *args: Any, ingenierie: Ingenierie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ(self, "retenues").queryset = ingenierie.offres.deposees().select_related(
            "prestataire"
        )
