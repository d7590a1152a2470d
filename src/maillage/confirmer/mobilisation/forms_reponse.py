"""Ce qu'une structure répond sur sa page : seul oui ou non est obligatoire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from maillage import methode
from maillage.confirmer.forms.mobilisation import (
    REPONSE,
    lire_les_reponses,
    poser_les_questions,
    refuser_aucun_et_un,
)
from maillage.confirmer.models import Niveau, Participation
from maillage.socle.formulaires import ChampQuantite
from maillage.socle.saisies import champ, texte

OUI, NON = "oui", "non"
VIENT = [(OUI, "Oui, nous voulons en être"), (NON, "Non, pas cette fois")]
NIVEAUX = {
    "": "Je ne sais pas dire",
    Niveau.DECOUVERTE: "Nous découvrons le sujet",
    Niveau.PRATIQUE: "Nous pratiquons déjà",
    Niveau.MAITRISE: "Nous maîtrisons le sujet",
}
DEVANCEE = (
    "Quelqu’un d’autre de votre structure a répondu pendant que vous écriviez. Votre saisie est "
    "gardée ci-dessous : relisez-la, puis envoyez de nouveau pour qu’elle compte."
)


def raisons_d_une_structure() -> list[tuple[str, str]]:
    """Les raisons qu'elle peut donner."""
    dites = [r for r in methode.toute().groupes.raisons if r.structure]
    return [("", "Non précisée"), *((r.code, r.libelle) for r in dites)]


class FormulaireDeReponse(forms.Form):
    """La réponse d'une structure ; `vue` : la réponse d'avant, telle que la page l'a montrée."""

    vue = forms.CharField(required=False, widget=forms.HiddenInput)
    vient = forms.ChoiceField(
        label="Voulez-vous en être ?",
        choices=VIENT,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites oui ou non : le reste est facultatif."},
    )
    raison = forms.ChoiceField(
        label="Si c’est non, pourquoi ?", choices=raisons_d_une_structure, required=False
    )
    motif = forms.CharField(
        label="En quelques mots", max_length=2000, required=False, widget=texte(2)
    )
    remarques = forms.CharField(
        label="Ce que vous voulez ajouter sur le sujet",
        max_length=4000,
        required=False,
        widget=texte(3),
    )
    niveau = forms.ChoiceField(
        label="Où en êtes-vous sur ce sujet ?",
        choices=NIVEAUX.items(),
        required=False,
        widget=forms.RadioSelect,
    )
    attentes = forms.CharField(
        label="Ce que vous en attendez", max_length=4000, required=False, widget=texte(4)
    )
    participants = forms.CharField(
        label="Qui viendra",
        max_length=300,
        required=False,
        help_text="Venir à deux, une personne bénévole et une salariée, aide souvent à faire vivre "
        "la suite. Ce n’est pas une condition.",
    )
    benevoles = ChampQuantite(unite="", decimales=0, label="Dont bénévoles", help_text="")
    salaries = ChampQuantite(unite="", decimales=0, label="Dont salarié·es", help_text="")
    creneaux: Any = forms.ModelMultipleChoiceField(
        label="Quand pouvez-vous venir ?",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Un créneau coché n’est plus proposé : rechargez la page.",
            "invalid_pk_value": "Une case cochée n’est pas lisible : rechargez la page.",
        },
    )
    aucun_creneau = forms.BooleanField(
        label="Aucun de ces créneaux ne nous convient", required=False
    )
    disponibilites = forms.CharField(
        label="Autres moments possibles, ou à éviter", max_length=300, required=False
    )

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participation = participation
        self.initial = {**self.initial, "vue": vue_de(participation)}
        questions = poser_les_questions(self, {})
        proposes = participation.ingenierie.creneaux.all()
        champ(self, "creneaux").queryset = proposes
        if not proposes:
            del self.fields["creneaux"], self.fields["aucun_creneau"]
        self.order_fields(["vue", "vient", "raison", "motif", *questions])

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        refuser_aucun_et_un(self, donnees)
        if donnees.get("vue", "") != vue_de(self.participation):
            self.devancer()
        return donnees

    def devancer(self) -> None:
        """Une autre réponse est arrivée : garde la saisie, et permet de l'envoyer après elle."""
        envoi: Any = self.data
        self.data = envoi = envoi.copy()
        envoi["vue"] = vue_de(self.participation)
        self.add_error(None, DEVANCEE)

    @property
    def sujet(self) -> list[forms.BoundField]:
        """Ce que l'on demande du sujet, que la structure vienne ou non."""
        vus = self.visible_fields()
        return [c for c in vus if c.name == "remarques" or c.name.startswith(REPONSE)]

    @property
    def venue(self) -> list[forms.BoundField]:
        """Ce que l'on demande à qui vient : son niveau, ses attentes, qui et quand."""
        ailleurs = {"vient", "raison", "motif", *(c.name for c in self.sujet)}
        return [c for c in self.visible_fields() if c.name not in ailleurs]

    @property
    def reponses(self) -> dict[str, str]:
        """Les quatre questions, par code."""
        return lire_les_reponses(self.cleaned_data)

    def dit(self) -> dict[str, Any]:
        """La saisie telle quelle, pour la relire ou la reprendre."""
        return saisie(self.data, self.fields)


def vue_de(participation: Participation) -> str:
    """Ce qui distingue la réponse d'avant d'une autre."""
    return participation.repondu_le.isoformat() if participation.repondu_le else ""


def saisie(envoi: Any, champs: Mapping[str, forms.Field]) -> dict[str, Any]:
    """Les champs remplis d'un envoi, bornés : un brouillon, ou la réponse à relire."""
    lus = {}
    for nom in champs:
        if nom == "vue":
            continue
        multiple = nom == "creneaux"
        valeurs = [v.replace("\x00", "")[:4000] for v in envoi.getlist(nom)][:100]
        if any(valeurs):
            lus[nom] = valeurs if multiple else valeurs[-1]
    return lus
