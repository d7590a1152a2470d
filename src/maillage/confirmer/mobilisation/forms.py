"""Formulaires de la campagne, côté DLA : la voie, le message, un créneau, le suivi."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from maillage import methode
from maillage.confirmer.mobilisation.lettre import proposer
from maillage.confirmer.models import Creneau, EtatInvitation, Mobilisation
from maillage.confirmer.models.campagne import InvitationQuerySet
from maillage.ingenieries.forms import FormulaireDElement
from maillage.socle.listes import Filtres
from maillage.socle.saisies import JOUR, texte


class FormulaireDeVoie(FormulaireDElement):
    """Par quelle voie le groupe se forme, et le nom du collectif s'il existe déjà."""

    class Meta:
        model = Mobilisation
        fields = ["voie", "collectif"]
        widgets = {"voie": forms.RadioSelect}

    def preparer(self) -> None:
        voie = self.fields["voie"]
        voie.required = True
        voies = [(v.code, f"{v.libelle}. {v.aide}") for v in methode.groupes().methodes]
        voie.choices = voies  # type: ignore[attr-defined]
        voie.error_messages["required"] = "Choisissez une voie : elle se change à tout moment."


class FormulaireDeMessage(FormulaireDElement):
    """Ce que les contacts recevront, jusqu'à quand ils répondent."""

    instance: Mobilisation

    class Meta:
        model = Mobilisation
        fields = ["objet", "message", "limite_le", "espacement"]
        widgets = {"message": texte(12), "limite_le": JOUR}
        help_texts = {
            "message": "Chaque courriel s’ouvre par « Bonjour », le prénom et le nom ; le lien "
            "personnel et la date limite s’ajoutent dessous.",
            "limite_le": "Jusqu’à ce jour compris, une structure répond ou change d’avis.",
            "espacement": "Une relance ne part pas avant.",
        }

    def preparer(self) -> None:
        propose = proposer(self.ingenierie, self.instance.voie)
        for nom, texte_propose in zip(("objet", "message"), propose, strict=True):
            self.fields[nom].required = True
            if not self.initial.get(nom):
                self.initial[nom] = texte_propose

    def clean_objet(self) -> str:
        return " ".join(self.cleaned_data["objet"].split())

    def clean_limite_le(self) -> Any:
        limite = self.cleaned_data["limite_le"]
        nouvelle = limite != self.instance.limite_le
        if limite and nouvelle and limite < timezone.localdate():
            raise ValidationError("Cette date est passée : laissez-leur le temps de répondre.")
        return limite


class FormulaireDeCreneau(FormulaireDElement):
    """Un moment proposé : un jour précis, ou le même chaque semaine."""

    class Meta:
        model = Creneau
        fields = ["jour_semaine", "jour", "moment"]
        widgets = {"jour": JOUR}
        labels = {"jour_semaine": "Chaque semaine, le", "jour": "Ou un jour précis"}


OU_EN_SONT = [
    ("", "Toutes"),
    ("sans_reponse", "sans réponse"),
    ("repondu", "ont répondu"),
    *((e.value, e.label) for e in EtatInvitation if e != EtatInvitation.ENVOYEE),
]


class FiltresDeSuivi(Filtres):
    """Où en sont les contacts invités."""

    q = forms.CharField(label="Chercher une structure", required=False, max_length=100)
    ou = forms.ChoiceField(label="Où elles en sont", required=False, choices=OU_EN_SONT)

    def appliquer(self, objets: InvitationQuerySet) -> InvitationQuerySet:
        retenues: InvitationQuerySet = super().appliquer(objets)
        voulu = self.cleaned_data.get("ou")
        if voulu == "sans_reponse":
            return retenues.sans_reponse()
        if voulu == "repondu":
            return retenues.filter(participation__repondu_le__isnull=False)
        return retenues.filter(etat=voulu) if voulu else retenues
