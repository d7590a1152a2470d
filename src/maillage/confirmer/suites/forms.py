"""Ouvrir la mission d'une action, ou lui en choisir une."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from maillage.accueillir.models import Action
from maillage.identifier.models import EtatProblematique, Problematique
from maillage.ingenieries.forms import FormulaireDIngenierie
from maillage.ingenieries.models import Ingenierie, NatureIngenierie
from maillage.socle.saisies import champ

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

CONNUS = ("operateur", "nature", "operateurs_associes", "territoires", "close_le", "source")
"""Ce que le parcours dit déjà d'une mission individuelle, ou qui se précisera au dossier."""


class FormulaireDeMissionIndividuelle(FormulaireDIngenierie):
    """L'en-tête d'une mission pour une seule structure ; le DLA et les lieux sont déjà connus."""

    def __init__(self, *args: Any, action: Action, utilisateur: Utilisateur, **kw: Any) -> None:
        parcours = action.parcours
        mission = Ingenierie(
            operateur=parcours.operateur,
            nature=NatureIngenierie.INDIVIDUELLE,
            charge=parcours.charge,
            secteur=parcours.structure.secteur,
            titre=action.intitule,
            annee=timezone.localdate().year,
        )
        super().__init__(*args, instance=mission, utilisateur=utilisateur, **kw)
        for nom in CONNUS:
            del self.fields[nom]

    def liens(self) -> dict[str, Any]:
        return {}


class FormulaireDeSuite(forms.Form):
    """Une mission collective ouverte, ou un besoin partagé : l'un des deux."""

    ingenierie = forms.ModelChoiceField(
        Ingenierie.objects.none(),
        label="Une mission collective",
        required=False,
        empty_label="Aucune pour l’instant",
        help_text="Celles qui sont ouvertes et que vous voyez.",
    )
    problematique = forms.ModelChoiceField(
        Problematique.objects.none(),
        label="Ou un besoin partagé",
        required=False,
        empty_label="Aucun pour l’instant",
        help_text="Le besoin attend encore sa mission.",
    )

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missions = Ingenierie.objects.ouvertes().visibles_par(utilisateur)
        champ(self, "ingenierie").queryset = missions.filter(
            nature=NatureIngenierie.COLLECTIVE
        ).order_by("titre")
        champ(self, "problematique").queryset = (
            Problematique.objects.visibles_par(utilisateur)
            .exclude(etat=EtatProblematique.ECARTEE)
            .order_by("titre")
        )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        choisis = [nom for nom in ("ingenierie", "problematique") if donnees.get(nom)]
        if len(choisis) != 1 and not self.errors:
            raise forms.ValidationError("Choisissez une mission, ou un besoin partagé.")
        return donnees
