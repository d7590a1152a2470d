"""Garder une recherche sous un nom, la retrouver, l'oublier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from maillage.annuaire.models import RechercheGardee
from maillage.annuaire.perimetre import perimetre_de
from maillage.annuaire.recherche.filtres import FiltresDeRecherche
from maillage.socle.droits import Decision, permis, refuse
from maillage.socle.journal.ecriture import operation

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

AU_PLUS = 30


def gardees_par(utilisateur: Utilisateur) -> QuerySet[RechercheGardee]:
    """Les siennes, et rien que les siennes."""
    return RechercheGardee.objects.filter(personne=perimetre_de(utilisateur).personne)


def peut_garder(utilisateur: Utilisateur) -> Decision:
    """Une recherche se garde par une personne de l'annuaire."""
    if perimetre_de(utilisateur).personne is None:
        return refuse(
            "Votre compte n’est rattaché à aucune organisation : rien ne se garde à votre nom.",
            "L’administration de l’instance.",
        )
    return permis("Cette recherche sera à vous seul·e.")


@operation
def garder(recherche: RechercheGardee) -> RechercheGardee:
    """Garde une recherche neuve ; elle n'est qu'à qui l'a faite, rien n'en va au journal."""
    recherche.save(force_insert=True)
    return recherche


@operation
def oublier(recherche: RechercheGardee) -> None:
    """Oublie une recherche ; ce qu'elle trouvait demeure."""
    recherche.delete()


def epurer(adresse: str) -> str:
    """L'état de la recherche que dit une adresse, sans ce que le formulaire ne connaît pas."""
    lue = QueryDict(adresse)
    propre = QueryDict(mutable=True)
    for nom in FiltresDeRecherche.base_fields:
        if valeur := lue.get(nom, "").strip():
            propre[nom] = valeur
    return propre.urlencode()


class FormulaireDeRechercheGardee(forms.ModelForm):
    """Le nom d'une recherche ; la page donne ce qu'elle cherche."""

    parametres = forms.CharField(max_length=1000, widget=forms.HiddenInput)

    class Meta:
        model = RechercheGardee
        fields = ["nom", "parametres"]

    def __init__(self, *args: object, utilisateur: Utilisateur, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.utilisateur = utilisateur
        self.instance.personne_id = perimetre_de(utilisateur).personne

    def _get_validation_exclusions(self) -> set[str]:
        """Vérifie aussi qu'un nom ne sert qu'une fois par personne."""
        return super()._get_validation_exclusions() - {"personne"}  # type: ignore[misc]

    def clean_parametres(self) -> str:
        propre = epurer(self.cleaned_data["parametres"])
        if not propre:
            raise forms.ValidationError("Cherchez d’abord quelque chose, puis gardez-le.")
        return propre

    def clean(self) -> None:
        super().clean()
        if gardees_par(self.utilisateur).count() >= AU_PLUS:
            raise forms.ValidationError(
                f"Vous gardez déjà {AU_PLUS} recherches : oubliez-en une d’abord."
            )
