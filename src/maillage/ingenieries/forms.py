"""Formulaires du dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from maillage.annuaire.champs import ChampOrganisations, lier_utilisateur
from maillage.annuaire.models import Nature, Organisation, Personne, Rattachement, Role
from maillage.annuaire.perimetre import perimetre_de
from maillage.ingenieries.models import ElementDeDossier, EtatAvancement, Ingenierie, Note
from maillage.socle.formulaires import FormulaireSuivi, Section
from maillage.socle.saisies import JOUR, champ
from maillage.territoires.champs import ChampTerritoires

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class FormulaireDElement(FormulaireSuivi):
    """Formulaire d'un élément de dossier : connaît le dossier où il se range."""

    instance: ElementDeDossier

    def __init__(self, *args: Any, ingenierie: Ingenierie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ingenierie = ingenierie
        self.instance.ingenierie = ingenierie
        self.preparer()

    def preparer(self) -> None:
        """Point d'accroche : restreindre les choix à ce dossier."""

    def liens(self) -> dict[str, Any]:
        """Les liens multiples saisis, à poser après l'enregistrement."""
        multiples = {m2m.name for m2m in self.instance._meta.many_to_many}
        return {nom: v for nom, v in self.cleaned_data.items() if nom in multiples}

    def _get_validation_exclusions(self) -> set[str]:
        """Vérifie aussi les contraintes qui portent sur le dossier (unicité dans la mission)."""
        return super()._get_validation_exclusions() - {"ingenierie"}


class FormulaireDIngenierie(FormulaireSuivi):
    """En-tête d'un dossier."""

    instance: Ingenierie
    sections = (
        Section("Nature, secteur et DLA associés", ("nature", "secteur", "operateurs_associes")),
        Section("Dates et source", ("demarree_le", "close_le", "source")),
    )

    territoires = ChampTerritoires(required=False, label="Territoires")
    operateurs_associes = ChampOrganisations(
        natures=[Nature.OPERATEUR], required=False, label="DLA associés"
    )

    class Meta:
        model = Ingenierie
        fields = [
            "titre",
            "annee",
            "accroche",
            "territoires",
            "operateur",
            "charge",
            "nature",
            "secteur",
            "operateurs_associes",
            "demarree_le",
            "close_le",
            "source",
        ]
        widgets = {"demarree_le": JOUR, "close_le": JOUR}

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mes_operateurs = perimetre_de(utilisateur).operateurs
        champ(self, "operateur").queryset = Organisation.objects.filter(pk__in=mes_operateurs)
        lier_utilisateur(self, utilisateur)
        accompagnent = Rattachement.objects.actifs().filter(
            organisation__in=mes_operateurs, role__in=Role.d_operateur()
        )
        champ(self, "charge").queryset = Personne.objects.filter(
            Q(pk__in=accompagnent.order_by().values("personne")) | Q(pk=self.instance.charge_id)
        )
        if len(mes_operateurs) == 1 and not self.initial.get("operateur"):
            self.initial["operateur"] = next(iter(mes_operateurs))
        if self.instance._state.adding:
            self._proposer(utilisateur)

    def _proposer(self, utilisateur: Utilisateur) -> None:
        """Une mission s'ouvre d'ordinaire cette année, par qui la conduira."""
        moi = champ(self, "charge").queryset.filter(compte=utilisateur).first()
        self.initial = {"annee": timezone.localdate().year, "charge": moi, **self.initial}

    def clean_operateurs_associes(self) -> Any:
        """Le DLA pilote n'est pas associé à lui-même."""
        pilote = self.cleaned_data.get("operateur")
        return [dla for dla in self.cleaned_data["operateurs_associes"] if dla != pilote]

    def liens(self) -> dict[str, Any]:
        return {nom: self.cleaned_data[nom] for nom in ("operateurs_associes", "territoires")}


class FormulaireDAvancement(forms.Form):
    """Où en est une démarche ou un point ; « sans objet » demande une raison."""

    etat = forms.ChoiceField(label="État", choices=EtatAvancement.choices)
    motif = forms.CharField(label="Raison", max_length=300, required=False)
    echeance = forms.DateField(label="À faire pour le", required=False, widget=JOUR)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("etat") == EtatAvancement.SANS_OBJET and not donnees.get("motif"):
            self.add_error(
                "motif", "Dites en quelques mots pourquoi c’est sans objet : la raison reste."
            )
        return donnees


class FormulaireDeNote(FormulaireDElement):
    """Une note interne."""

    class Meta:
        model = Note
        fields = ["texte"]
