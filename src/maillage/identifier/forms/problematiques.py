"""Formulaires des problématiques : formuler, y joindre une structure, orienter, rattacher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from maillage.annuaire.champs import ChampOrganisation, lier_utilisateur
from maillage.annuaire.models import Nature, Organisation
from maillage.identifier.forms.besoins import FormulaireDeBesoin
from maillage.identifier.models import EtatProblematique, Orientation, Problematique, Signal
from maillage.ingenieries.models import Ingenierie
from maillage.socle.formulaires import FormulaireSuivi, Section
from maillage.socle.saisies import champ, texte
from maillage.territoires.champs import ChampTerritoires

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class FormulaireDeProblematique(FormulaireDeBesoin):
    """Formuler une problématique ; `signaux` : les preuves qu'on rassemble en la créant."""

    sections = (
        Section("Secteur et territoires", ("secteur", "territoires")),
        Section(
            "Comment le besoin est vérifié",
            (
                "methode_de_validation",
                "rencontres",
                "structures_consultees",
                "partenaires_consultes",
            ),
        ),
    )

    territoires = ChampTerritoires(label="Territoires", required=False)
    signaux = forms.ModelMultipleChoiceField(
        queryset=Signal.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )

    quantites = ("rencontres", "structures_consultees")

    class Meta:
        model = Problematique
        fields = [
            "titre",
            "operateur",
            "contexte",
            "enjeux",
            "besoins",
            "secteur",
            "territoires",
            "methode_de_validation",
            "partenaires_consultes",
        ]
        help_texts = {
            "titre": "Le besoin en une phrase courte, comme le diraient les structures.",
            "contexte": "Ce qui se passe, pour qui, depuis quand.",
            "enjeux": "Ce qui se joue si personne n’agit.",
            "methode_de_validation": "Enquête, réunion, échanges : comment le besoin est confirmé.",
        }
        widgets = {
            nom: texte(4) for nom in ("contexte", "enjeux", "besoins", "methode_de_validation")
        } | {"partenaires_consultes": texte(2)}

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, utilisateur=utilisateur, **kwargs)
        if self.instance._state.adding:
            champ(self, "signaux").queryset = Signal.objects.visibles_par(utilisateur)
        else:
            del self.fields["signaux"]
            self.initial["territoires"] = list(self.instance.territoires.all())

    def liens(self) -> dict[str, Any]:
        return {
            nom: self.cleaned_data[nom]
            for nom in ("territoires", "signaux")
            if nom in self.cleaned_data
        }


class FormulaireDeStructure(forms.Form):
    """Une structure qui partage le besoin."""

    structure = ChampOrganisation(label="Structure", natures=[Nature.STRUCTURE])

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lier_utilisateur(self, utilisateur)


class FormulaireDOrientation(FormulaireSuivi):
    """Vers qui orienter une structure concernée, et pourquoi."""

    instance: Orientation

    vers = ChampOrganisation(label="Vers qui", natures=Nature.partagees(), required=False)

    class Meta:
        model = Orientation
        fields = ["structure", "vers", "vers_libelle", "pourquoi"]
        help_texts = {"pourquoi": "Ce que la structure y trouvera : ces mots lui seront dits."}
        widgets = {"pourquoi": texte(3)}

    def __init__(
        self, *args: Any, utilisateur: Utilisateur, problematique: Problematique, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        lier_utilisateur(self, utilisateur)
        self.instance.problematique = problematique
        champ(self, "structure").queryset = Organisation.objects.visibles_par(utilisateur).filter(
            problematiques=problematique
        )


class FormulaireDeRattachement(forms.Form):
    """La problématique à laquelle répond une mission."""

    problematique = forms.ModelChoiceField(
        label="Problématique", queryset=Problematique.objects.none(), empty_label="Choisissez"
    )

    def __init__(
        self, *args: Any, utilisateur: Utilisateur, ingenierie: Ingenierie, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        champ(self, "problematique").queryset = (
            Problematique.objects.visibles_par(utilisateur)
            .exclude(etat=EtatProblematique.ECARTEE)
            .exclude(ingenieries=ingenierie)
            .order_by("recherche")
        )
