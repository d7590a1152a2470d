"""L'année de la page, et un objectif convenu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from maillage.accueillir.models import ObjectifConvenu
from maillage.annuaire.champs import ChampOrganisation, lier_utilisateur
from maillage.annuaire.models import Nature, Organisation, Personne
from maillage.piloter.charge.droits import responsable_de
from maillage.socle.formulaires import FormulaireSuivi
from maillage.socle.saisies import champ

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class ChoixDAnnee(forms.Form):
    """L'année que l'on regarde ; illisible, c'est l'année courante, et cela se dit."""

    annee = forms.IntegerField(label="Année", required=False, min_value=2002, max_value=2100)

    @property
    def retenue(self) -> int:
        lue = self.cleaned_data.get("annee") if self.is_valid() else None
        return lue or timezone.localdate().year


class ChoixDePersonne(ChoixDAnnee):
    """La même, pour ce que porte une personne de l'équipe."""

    charge = forms.ModelChoiceField(Personne.objects.none(), label="Portées par", required=False)

    def __init__(self, *args: Any, equipe: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ(self, "charge").queryset = equipe
        champ(self, "charge").empty_label = "Toute l’équipe"


class FormulaireDObjectif(FormulaireSuivi):
    """Un nombre à atteindre dans l'année, convenu ou non avec un financeur en particulier."""

    instance: ObjectifConvenu
    quantites = ("nombre",)
    financeur = ChampOrganisation(
        natures=[Nature.FINANCEUR, Nature.COLLECTIVITE, Nature.SERVICE_PUBLIC],
        required=False,
        label="Convenu avec",
        help_text="Vide si l’objectif vaut pour tous les financeurs.",
    )

    class Meta:
        model = ObjectifConvenu
        fields = ["operateur", "annee", "nature", "nombre", "financeur", "precision"]

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        siens = responsable_de(utilisateur)
        if len(siens) == 1 or not self.instance._state.adding:
            del self.fields["operateur"]
            self.instance.operateur_id = self.instance.operateur_id or next(iter(siens))
        else:
            champ(self, "operateur").queryset = Organisation.objects.filter(pk__in=siens)
        self.fields["nombre"].required = True
        lier_utilisateur(self, utilisateur)

    def _get_validation_exclusions(self) -> set[str]:
        """L'unicité se vérifie aussi quand l'opérateur ne se choisit pas."""
        return super()._get_validation_exclusions() - {"operateur"}
