"""Les formulaires de la composition : réglages, exigences, souhaits, décision."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.confirmer.groupes.calculs.facteurs import FACTEURS, MAXIMUM
from maillage.confirmer.groupes.calculs.reglages import (
    AUTRES_POIDS,
    EFFECTIF_AU_PLUS,
    GROUPES_AU_PLUS,
    PLUSIEURS_AU_PLUS,
    Dehors,
    Reglages,
    ReglagesInvalides,
    lire_reglages,
)
from maillage.confirmer.groupes.lecture import Atelier
from maillage.confirmer.models import ExigenceDeGroupe, SouhaitDeGroupe
from maillage.ingenieries.forms import FormulaireDElement
from maillage.socle.saisies import cases, champ, texte

DEHORS = [
    (Dehors.NON, "toutes doivent avoir une place"),
    (Dehors.SI_BESOIN, "seulement s’il manque de la place"),
    (Dehors.VOLONTIERS, "oui, celles qui n’iraient bien nulle part"),
]
PLUSIEURS = [(1, "un seul groupe")] + [
    (n, f"jusqu’à {n} groupes, si elle le souhaite") for n in range(2, PLUSIEURS_AU_PLUS + 1)
]
LIGNE = ("nom", "theme", "minimum", "maximum")


class FormulaireDeReglages(forms.Form):
    """Les groupes voulus (une ligne chacun, un nom vide l'ôte) et ce qui compte pour les former."""

    dehors = forms.ChoiceField(label="Peut-on en laisser dehors ?", choices=DEHORS, required=False)
    plusieurs = forms.TypedChoiceField(
        label="Une structure peut être dans",
        choices=PLUSIEURS,
        coerce=int,
        required=False,
    )
    graine = forms.IntegerField(
        label="Tirage",
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text="Le même tirage donne les mêmes groupes ; changez-le pour chercher ailleurs.",
    )

    def __init__(
        self, donnees: Any = None, *, atelier: Atelier, reglages: Reglages, graine: int = 0
    ) -> None:
        super().__init__(donnees)
        self.initial = {
            "dehors": reglages.dehors,
            "plusieurs": reglages.plusieurs,
            "graine": graine,
            "moteurs": sorted(reglages.moteurs),
        }
        self._ajouter_les_lignes(reglages)
        self._ajouter_les_poids(reglages)
        self.fields["moteurs"] = cases(
            "Structures d’envergure", [(e.cle, e.nom) for e in atelier.entrees]
        )

    def _ajouter_les_lignes(self, reglages: Reglages) -> None:
        rangs = min(len(reglages.groupes) + 1, GROUPES_AU_PLUS)
        while self.is_bound and rangs < GROUPES_AU_PLUS and f"groupe_{rangs}_nom" in self.data:
            rangs += 1
        for rang in range(rangs):
            self.fields[f"groupe_{rang}_nom"] = forms.CharField(
                label="Nom", max_length=120, required=False
            )
            self.fields[f"groupe_{rang}_theme"] = forms.CharField(
                label="Thème", max_length=200, required=False
            )
            for nom, mot in (("minimum", "Au moins"), ("maximum", "Au plus")):
                self.fields[f"groupe_{rang}_{nom}"] = forms.IntegerField(
                    label=mot, min_value=0, max_value=EFFECTIF_AU_PLUS, required=False
                )
            if rang < len(reglages.groupes):
                for nom in LIGNE:
                    valeur = getattr(reglages.groupes[rang], nom)
                    self.initial[f"groupe_{rang}_{nom}"] = _montrer(valeur)
        self.rangs = rangs

    def _ajouter_les_poids(self, reglages: Reglages) -> None:
        for poids in (*FACTEURS, *AUTRES_POIDS):
            minimum = getattr(poids, "minimum", 0)
            self.fields[f"poids_{poids.code}"] = forms.IntegerField(
                label=poids.libelle,
                help_text=poids.aide,
                required=False,
                min_value=minimum,
                max_value=MAXIMUM,
                widget=forms.NumberInput(
                    attrs={"type": "range", "data-curseur": "double" if minimum else "simple"}
                ),
            )
            self.initial[f"poids_{poids.code}"] = reglages.poids[poids.code]

    @property
    def tirage(self) -> int:
        return self.cleaned_data["graine"] or 0

    @property
    def lignes(self) -> list[list[forms.BoundField]]:
        """Les champs de chaque groupe."""
        return [[self[f"groupe_{rang}_{nom}"] for nom in LIGNE] for rang in range(self.rangs)]

    @property
    def poids(self) -> list[forms.BoundField]:
        return [self[nom] for nom in self.fields if nom.startswith("poids_")]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if self.errors:
            return donnees
        groupes = [
            {
                "nom": donnees[f"groupe_{rang}_nom"],
                "theme": donnees[f"groupe_{rang}_theme"],
                "minimum": donnees[f"groupe_{rang}_minimum"] or 0,
                "maximum": donnees[f"groupe_{rang}_maximum"] or EFFECTIF_AU_PLUS,
            }
            for rang in range(self.rangs)
            if donnees[f"groupe_{rang}_nom"]
        ]
        try:
            self.reglages = lire_reglages(
                {
                    "groupes": groupes,
                    "poids": {
                        nom.removeprefix("poids_"): valeur
                        for nom, valeur in donnees.items()
                        if nom.startswith("poids_") and valeur is not None
                    },
                    "dehors": donnees["dehors"] or Dehors.NON,
                    "plusieurs": donnees["plusieurs"] or 1,
                    "moteurs": donnees["moteurs"],
                }
            )
        except ReglagesInvalides as refus:
            self.add_error(None, str(refus))
        return donnees


def _montrer(valeur: Any) -> Any:
    """Un effectif sans limite se laisse vide."""
    return None if valeur == EFFECTIF_AU_PLUS else valeur


class FormulaireDExigence(FormulaireDElement):
    """Deux structures à réunir ou à séparer."""

    class Meta:
        model = ExigenceDeGroupe
        fields = ["sorte", "une", "autre", "raison"]

    def preparer(self) -> None:
        siennes = self.ingenierie.participations.a_grouper()
        for nom in ("une", "autre"):
            champ(self, nom).queryset = siennes.select_related("structure")


class FormulaireDeSouhait(FormulaireDElement):
    """Ce qu'une structure dit d'un thème de groupe."""

    class Meta:
        model = SouhaitDeGroupe
        fields = ["participation", "theme", "sens"]

    def preparer(self) -> None:
        siennes = self.ingenierie.participations.a_grouper()
        champ(self, "participation").queryset = siennes.select_related("structure")
        champ(self, "theme").help_text = "Le thème, ou à défaut le nom, du groupe qu’elle désigne."


class FormulaireDeDecision(forms.Form):
    """La raison de retenir un scénario, et la version que l'on en a lue."""

    raisons = forms.CharField(
        label="Pourquoi ce scénario",
        widget=texte(4),
        max_length=4000,
        help_text="Ces raisons restent au DLA : elles sont dans le journal interne de la mission.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
