"""Ce qui réduit un ensemble de missions : les mêmes filtres pour la liste et pour le bilan.

Un chiffre du bilan mène ainsi à la liste des missions qu'il compte. Les pièces du bas ajoutent les
filtres qui portent sur ce qu'elles rangent dans le dossier, par l'emplacement `FILTRES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from maillage.annuaire.champs import filtre_de_secteur
from maillage.annuaire.models import Nature, Organisation
from maillage.ingenieries.models import NatureIngenierie
from maillage.ingenieries.models.dossier import IngenierieQuerySet
from maillage.socle.listes import Filtres
from maillage.socle.slots import Slot
from maillage.territoires.champs import ChampTerritoire


@dataclass(frozen=True, slots=True)
class FiltreDeMissions:
    """Un filtre venu d'ailleurs : son champ, et la condition que pose une valeur."""

    champ: forms.Field
    condition: Callable[[Any], Q]


FILTRES: Slot[[], FiltreDeMissions] = Slot("ingenieries.filtres", requetes=0)


class Restrictions(Filtres):
    """Nature, secteur, DLA (pilote ou associé) et territoire."""

    egaux: ClassVar[tuple[str, ...]] = ("nature", "secteur")

    operateur = forms.ModelChoiceField(
        Organisation.objects.de_nature(Nature.OPERATEUR),
        label="DLA",
        required=False,
        empty_label="Tous les DLA",
    )
    territoire = ChampTerritoire(required=False, label="Territoire", help_text="")
    secteur = filtre_de_secteur()
    nature = forms.ChoiceField(
        label="Nature",
        required=False,
        choices=[("", "Toutes"), *NatureIngenierie.choices],
    )

    def appliquer(self, objets: IngenierieQuerySet) -> IngenierieQuerySet:
        retenues: IngenierieQuerySet = super().appliquer(objets)
        if operateur := self.cleaned_data.get("operateur"):
            retenues = retenues.des_dla([operateur.pk])
        if territoire := self.cleaned_data.get("territoire"):
            retenues = retenues.sur([territoire.pk])
        return retenues


class Precisions(Restrictions):
    """Ce qu'un lien du bilan peut demander de plus ; caché, et dit en mots, s'il est posé.

    `de` et `a` : années que dit la source, comprises.
    """

    de = forms.IntegerField(label="Depuis", required=False, min_value=2002, max_value=2100)
    a = forms.IntegerField(label="Jusqu’en", required=False, min_value=2002, max_value=2100)
    sans_annee = forms.BooleanField(label="Année non dite par la source", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ajoutes = {cle: FILTRES.pour(cle) for cle in FILTRES.cles if cle in self.data}
        self.fields |= {cle: filtre.champ for cle, filtre in self.ajoutes.items() if filtre}
        for nom in [*Precisions.base_fields, *self.ajoutes]:
            if nom not in self.data:
                del self.fields[nom]
            else:
                self.fields[nom].widget = self.fields[nom].hidden_widget()

    def appliquer(self, objets: IngenierieQuerySet) -> IngenierieQuerySet:
        poses = self.cleaned_data
        retenues = super().appliquer(objets)
        if poses.get("de") or poses.get("a"):
            annees = (poses.get("de") or 2002, poses.get("a") or 2100)
            retenues = retenues.filter(annee_dite=True, annee__range=annees)
        if poses.get("sans_annee"):
            retenues = retenues.filter(annee_dite=False)
        for cle, filtre in self.ajoutes.items():
            if filtre and poses.get(cle):
                retenues = retenues.filter(filtre.condition(poses[cle]))
        return retenues

    @property
    def precisions(self) -> list[str]:
        """Les filtres cachés qui sont posés, en mots : « Coût : inconnu »."""
        return [
            _dire(self.fields[nom], valeur)
            for nom, valeur in self.actifs.items()
            if self.fields[nom].widget.is_hidden
        ]


def _dire(champ: forms.Field, valeur: Any) -> str:
    if valeur is True:
        return str(champ.label)
    libelles = dict(getattr(champ, "choices", ())) if isinstance(champ, forms.ChoiceField) else {}
    dite = valeur if isinstance(valeur, Organisation) else libelles.get(valeur, valeur)
    return f"{champ.label}\u00a0: {dite}"
