"""Les chiffres d'une année."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from maillage.annuaire.models import ChiffresAnnuels, Organisation
from maillage.annuaire.models.chiffres import RESSOURCES, SORTES_D_EMPLOI
from maillage.socle.formulaires import FormulaireSuivi, Section
from maillage.socle.saisies import champ

AIDES = {
    "ressources_marchandes": "Ventes, prestations, billetterie…",
    "ressources_non_marchandes": "Subventions, cotisations, dons…",
    "ressources_non_monetaires": "Bénévolat, locaux prêtés, matériel donné, en euros.",
    "insertion": "Contrats aidés, parcours d’insertion.",
}


class FormulaireDeChiffres(FormulaireSuivi):
    """Les chiffres d'une année."""

    quantites = ChiffresAnnuels.QUANTITES
    sections = (
        Section("Ressources en trois parts", RESSOURCES),
        Section("Emplois par sorte", SORTES_D_EMPLOI),
    )

    class Meta:
        model = ChiffresAnnuels
        fields = ["annee", "source"]
        help_texts = {"source": "D’où viennent ces chiffres : rapport d’activité, entretien…"}

    instance: ChiffresAnnuels

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        self.order_fields(["annee", *self.quantites, "source"])
        for nom, aide in AIDES.items():
            champ(self, nom).help_text = aide
        if self.instance._state.adding:
            self.initial["annee"] = timezone.localdate().year - 1

    def _get_validation_exclusions(self) -> set[str]:
        """Vérifie aussi qu'une année n'est saisie qu'une fois par organisation."""
        return super()._get_validation_exclusions() - {"organisation"}
