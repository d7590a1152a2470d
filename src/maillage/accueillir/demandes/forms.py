"""Formulaires de l'accueil : noter, compléter, constater, réorienter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from maillage.accueillir import choix
from maillage.accueillir.demandes.eligibilite import Point
from maillage.accueillir.demandes.operations import Constatation
from maillage.accueillir.equipe import restreindre_a_l_equipe
from maillage.accueillir.models import Constat, Demande
from maillage.annuaire.champs import ChampOrganisation, choisissables, lier_utilisateur
from maillage.annuaire.models import Nature, Organisation, Personne, Rattachement
from maillage.socle.formulaires import FormulaireSuivi, Section
from maillage.socle.mots import citer
from maillage.socle.normalisation import normaliser
from maillage.socle.saisies import JOUR, champ, texte
from maillage.territoires.champs import ChampCommune

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class FormulaireDeDemande(FormulaireSuivi):
    """Ce que l'on note en décrochant : qui, comment, ce qui est dit ; la structure est connue."""

    instance: Demande

    canal = forms.ChoiceField(
        label="Comment elle est venue",
        required=False,
        choices=lambda: [("", "À dire"), *choix.canaux()],
    )
    orientee_par = ChampOrganisation(
        label="Orientée par", natures=Nature.partagees(), required=False
    )

    class Meta:
        model = Demande
        fields = [
            "paroles",
            "demandeur",
            "canal",
            "orientee_par",
            "recue_le",
            "operateur",
            "charge",
        ]
        labels = {"demandeur": "Qui demande"}
        help_texts = {
            "paroles": "Ses mots, tels que vous les entendez.",
            "demandeur": "Un nom, ou un mot : « la présidente ». Une personne connue de la "
            "structure est reconnue.",
        }
        widgets = {"paroles": texte(5), "recue_le": JOUR}

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utilisateur = utilisateur
        champ(self, "recue_le").required = False
        lier_utilisateur(self, utilisateur)
        restreindre_a_l_equipe(self, utilisateur)
        if self.instance.contact and not self.instance.demandeur:
            self.initial["demandeur"] = str(self.instance.contact)

    def clean_recue_le(self) -> date:
        """Sans date, elle est d'aujourd'hui."""
        return self.cleaned_data["recue_le"] or timezone.localdate()

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        structure = donnees.get("structure") or self._structure_notee()
        self.instance.contact = self._reconnaitre(structure, donnees.get("demandeur") or "")
        return donnees

    def _structure_notee(self) -> Organisation | None:
        return None if self.instance._state.adding else self.instance.structure

    def _reconnaitre(self, structure: Organisation | None, mots: str) -> Personne | None:
        """La personne de la structure qui porte ce nom ; un doute n'en désigne aucune."""
        if structure is None or not normaliser(mots):
            return None
        actifs = Rattachement.objects.actifs().filter(organisation=structure)
        siennes = Personne.objects.filter(pk__in=actifs.order_by().values("personne"))
        dits = set(normaliser(mots).split())
        memes = [p for p in siennes if dits == set(normaliser(str(p)).split())]
        return memes[0] if len(memes) == 1 else None


class FormulaireDeNouvelleDemande(FormulaireDeDemande):
    """Le même au premier appel : la structure se cherche, ou se crée d'un nom et d'une commune."""

    sections = (
        Section("Elle n’est pas encore dans Maillage", ("nouvelle_nom", "nouvelle_commune")),
        Section("Date et suivi", ("recue_le", "operateur", "charge")),
    )

    structure = ChampOrganisation(
        label="Structure",
        natures=[Nature.STRUCTURE],
        error_messages={"required": "Choisissez la structure, ou nommez-la ci-dessous."},
    )
    nouvelle_nom = forms.CharField(label="Son nom", required=False, max_length=200)
    nouvelle_commune = ChampCommune(label="Sa commune", required=False)

    class Meta(FormulaireDeDemande.Meta):
        fields = ["structure", *FormulaireDeDemande.Meta.fields]

    nouvelle: Organisation | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ(self, "structure").help_text = format_html(
            "Écrivez le début du nom, puis choisissez. Rien ne vient ? "
            '<a href="{}">Cherchez-la dans toute la France</a>, ou nommez-la ci-dessous.',
            reverse("annuaire:chercher"),
        )
        if self.data.get("nouvelle_nom", "").strip():
            champ(self, "structure").required = False

    @property
    def suite(self) -> list[forms.BoundField]:
        """L'essentiel, après la structure."""
        return [lu for lu in self.essentiel() if lu.name != "structure"]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        nom = (donnees.get("nouvelle_nom") or "").strip()
        if donnees.get("structure"):
            if nom:
                self.add_error(
                    "nouvelle_nom", "Choisissez la structure connue, ou nommez la nouvelle."
                )
        elif not nom or "nouvelle_commune" in self.errors:
            return donnees
        elif not donnees.get("nouvelle_commune"):
            self.add_error("nouvelle_commune", "Dites sa commune : elle aidera à la retrouver.")
        elif connue := self._deja_la(nom, donnees["nouvelle_commune"].pk):
            self.add_error(
                "nouvelle_nom",
                f"{citer(connue.nom)} est déjà dans Maillage, dans cette commune : choisissez-la.",
            )
        else:
            self.nouvelle = Organisation(
                nom=nom, natures=[Nature.STRUCTURE], commune=donnees["nouvelle_commune"]
            )
        return donnees

    def _deja_la(self, nom: str, commune: int) -> Organisation | None:
        visibles = choisissables(self.utilisateur, [Nature.STRUCTURE]).filter(commune=commune)
        return next((o for o in visibles.cherche(nom)[:50] if _memes_mots(o.nom, nom)), None)

    def _get_validation_exclusions(self) -> set[str]:
        """La structure qui se crée avec la demande n'existe pas encore."""
        return super()._get_validation_exclusions() | {"structure"}


class FormulaireDEligibilite(forms.Form):
    """Les points d'éligibilité, d'un seul envoi : un constat et ce qui le montre."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lus: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lus = lus
        for lu in lus:
            self.fields[lu.element.code] = forms.ChoiceField(
                label="Constat",
                choices=Constat.choices,
                initial=lu.constat if lu.dit else lu.proposition.constat,
                widget=forms.RadioSelect,
            )
            self.fields[f"{lu.element.code}-precision"] = forms.CharField(
                label="Ce qui le montre",
                required=False,
                max_length=500,
                initial=lu.precision,
                widget=texte(2),
            )

    def clean(self) -> dict[str, Any]:
        """Ce qui manque à un constat se dit sous sa raison."""
        donnees: dict[str, Any] = super().clean() or {}
        for lu in self.lus:
            constat = donnees.get(lu.element.code, Constat.A_VERIFIER)
            precision = f"{lu.element.code}-precision"
            if manque := lu.manque(constat, donnees.get(precision, "")):
                self.add_error(precision, manque)
        return donnees

    @property
    def rangees(self) -> list[tuple[Point, forms.BoundField, forms.BoundField]]:
        """Chaque point et ses deux champs, pour le gabarit."""
        return [
            (lu, self[lu.element.code], self[f"{lu.element.code}-precision"]) for lu in self.lus
        ]

    def signaler_conflit(self, version: int) -> None:
        """Garde la saisie, et permet d'enregistrer en connaissance."""
        self.add_error(
            None,
            "Quelqu’un d’autre a enregistré cette demande entre-temps : relisez-la, votre saisie "
            "est gardée ci-dessous.",
        )
        donnees: Any = self.data
        self.data = donnees.copy()
        self.data["version"] = str(version)  # type: ignore[index]

    def constatations(self) -> list[Constatation]:
        return [
            Constatation(
                lu.element.code,
                self.cleaned_data[lu.element.code],
                self.cleaned_data[f"{lu.element.code}-precision"],
            )
            for lu in self.lus
        ]


class FormulaireDeReorientation(FormulaireSuivi):
    """Vers qui, pour quoi, et la raison que l'on donne à la structure."""

    reorientee_vers = ChampOrganisation(
        label="Vers quelle organisation", natures=Nature.partagees(), required=False
    )

    class Meta:
        model = Demande
        fields = ["reorientee_vers", "orientation", "motif"]
        labels = {"motif": "Raison donnée à la structure"}
        help_texts = {
            "orientation": "Ce qu’elle y trouvera. Si l’organisation n’est pas dans l’annuaire, "
            "nommez-la ici.",
        }
        widgets = {"orientation": texte(3), "motif": texte(3)}

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lier_utilisateur(self, utilisateur)
        champ(self, "motif").required = True

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        if not self.errors and not (donnees.get("reorientee_vers") or donnees.get("orientation")):
            self.add_error("reorientee_vers", "Dites vers qui, ici ou avec vos mots ci-dessous.")
        return donnees


def _memes_mots(un: str, autre: str) -> bool:
    return normaliser(un) == normaliser(autre)
