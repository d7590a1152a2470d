"""Les filtres des besoins partagés ; leur état est dans l'adresse."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from maillage.annuaire.champs import filtre_de_secteur
from maillage.identifier.choix import themes_par_famille
from maillage.socle.listes import Filtres

DEPUIS = {
    "1": "Depuis un an",
    "": "Depuis trois ans",
    "5": "Depuis cinq ans",
    "20": "Depuis vingt ans",
}
TROIS_ANS = 3


class FiltresDePartages(Filtres):
    """Thème, secteur, période ; `lieu` et `tous` viennent d'un clic dans le tableau."""

    egaux = ("secteur",)

    theme = forms.ChoiceField(
        label="Thème",
        required=False,
        choices=lambda: [("", "Tous les thèmes"), *themes_par_famille()],
    )
    secteur = filtre_de_secteur()
    depuis = forms.ChoiceField(label="Période", required=False, choices=list(DEPUIS.items()))
    lieu = forms.IntegerField(required=False, widget=forms.HiddenInput)
    colonnes = forms.CharField(required=False, widget=forms.HiddenInput)
    tous = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def depuis_le(self, aujourdhui: date) -> date:
        """Le premier jour compté."""
        annees = int(self.cleaned_data.get("depuis") or TROIS_ANS)
        return date(aujourdhui.year - annees, aujourdhui.month, 1)

    def appliquer(self, objets: Any) -> Any:
        retenus = super().appliquer(objets)
        if theme := self.cleaned_data.get("theme"):
            retenus = retenus.filter(themes__contains=[theme])
        if lieu := self.cleaned_data.get("lieu"):
            retenus = retenus.filter(departement=lieu)
        return retenus

    @property
    def actifs(self) -> dict[str, Any]:
        return {n: v for n, v in super().actifs.items() if n not in ("colonnes", "tous")}
