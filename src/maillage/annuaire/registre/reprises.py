"""Reprendre dans une fiche ce que le registre dit, champ par champ, quand un agent le choisit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from maillage.annuaire.models import Organisation
from maillage.annuaire.registre.rapprochement import Difference, Rapprochement
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import enumerer, minuscule
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

GARDER, REPRENDRE = "garder", "reprendre"


@operation
def reprendre_du_registre(
    organisation: Organisation, differences: Sequence[Difference], *, version: int, par: Utilisateur
) -> Organisation:
    """Écrit les valeurs choisies ; lève `ValidationError` ou `ConflitDeVersion` sans écrire."""
    for difference in differences:
        nom = "commune_id" if difference.champ == "commune" else difference.champ
        setattr(organisation, nom, difference.brute)
    organisation.full_clean()
    enregistrer(organisation, version=version)
    repris = enumerer([f"{minuscule(d.libelle)} ({d.source})" for d in differences])
    journaliser(organisation, f"a repris du registre : {repris}", par=par)
    return organisation


class FormulaireDeRapprochement(forms.Form):
    """Une question par différence : garder ce que dit la fiche, ou reprendre le registre."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organisation: Organisation, rapprochement: Rapprochement, **options: Any
    ) -> None:
        options.setdefault("initial", {"version": organisation.version})
        super().__init__(*args, **options)
        self.organisation = organisation
        self.differences = {
            d.code: d for d in [*rapprochement.differences, *rapprochement.probables]
        }
        for code, difference in self.differences.items():
            self.fields[code] = _question(difference)

    def choisies(self) -> list[Difference]:
        return [d for c, d in self.differences.items() if self.cleaned_data.get(c) == REPRENDRE]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        choisies = [d for c, d in self.differences.items() if donnees.get(c) == REPRENDRE]
        champs = [d.champ for d in choisies]
        if self.is_bound and not choisies and not self.errors:
            raise forms.ValidationError("Choisissez au moins une valeur à reprendre.")
        if len(set(champs)) < len(champs):
            raise forms.ValidationError(
                "Le RNA et SIRENE ne disent pas la même chose : reprenez l’un ou l’autre."
            )
        return donnees


def _question(difference: Difference) -> forms.ChoiceField:
    reprendre = "C’est elle : noter ce numéro" if difference.raison else "Reprendre"
    garder = "Ne rien changer" if difference.raison else "Garder"
    return forms.ChoiceField(
        label=difference.libelle,
        help_text=difference.phrase,
        choices=[(GARDER, garder), (REPRENDRE, reprendre)],
        initial=GARDER,
        required=False,
        widget=forms.RadioSelect,
    )
