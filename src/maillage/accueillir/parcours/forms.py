"""Formulaires du parcours : son en-tête, ses éléments, son bilan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q

from maillage.accueillir.equipe import restreindre_a_l_equipe
from maillage.accueillir.models import (
    Action,
    Besoin,
    Devenir,
    Evolution,
    NoteDeParcours,
    Parcours,
    PointDeSuivi,
)
from maillage.annuaire.champs import ChampOrganisation, lier_utilisateur
from maillage.annuaire.models import Nature, Personne, Rattachement, Role
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.formulaires import FormulaireSuivi, Section
from maillage.socle.saisies import JOUR, champ, texte

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class FormulaireDeParcours(FormulaireSuivi):
    """L'en-tête : qui suit, depuis quand, à partir de quel diagnostic, ce que l'on vise."""

    instance: Parcours

    class Meta:
        model = Parcours
        fields = ["operateur", "charge", "diagnostic", "ouvert_le", "visee"]
        widgets = {"ouvert_le": JOUR, "visee": texte(4)}
        help_texts = {
            "diagnostic": "Ses besoins sont repris : on décide une action en face de chacun.",
            "visee": "Où l’on veut être à la fin, avec les mots de la structure.",
        }

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        restreindre_a_l_equipe(self, utilisateur)
        siens = perimetre_de(utilisateur).operateurs
        diagnostics = self.instance.structure.diagnostics.filter(operateur__in=siens)
        champ(self, "diagnostic").queryset = diagnostics
        champ(self, "diagnostic").label_from_instance = _nommer_diagnostic

    def clean(self) -> dict[str, Any]:
        """Un diagnostic d'un autre DLA ne se reprend pas ici."""
        donnees = super().clean() or {}
        diagnostic, dla = donnees.get("diagnostic"), donnees.get("operateur")
        chez = dla.pk if dla else self.instance.operateur_id
        if diagnostic and chez and diagnostic.operateur_id != chez:
            self.add_error("diagnostic", "Ce diagnostic est mené par un autre de vos DLA.")
        return donnees


def _nommer_diagnostic(diagnostic: Any) -> str:
    return f"Diagnostic du {diagnostic.date:%d/%m/%Y}, {diagnostic.get_etat_display()}"


class FormulaireDElement(FormulaireSuivi):
    """Formulaire d'un élément de parcours : connaît le parcours où il se range."""

    def __init__(self, *args: Any, parcours: Parcours, utilisateur: Utilisateur, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.parcours = parcours
        instance: Any = self.instance
        instance.parcours = parcours
        self.preparer()
        lier_utilisateur(self, utilisateur)

    def preparer(self) -> None:
        """Point d'accroche : restreindre les choix à ce parcours."""


class FormulaireDAction(FormulaireDElement):
    """Une action : ce qu'elle est, qui la mène, pour quand."""

    sections = (Section("Ce qu’elle a donné", ("faite_le", "resultat")),)
    ressource = ChampOrganisation(
        natures=Nature.partagees(), required=False, label="Organisation qui y aide"
    )

    class Meta:
        model = Action
        fields = [
            "intitule",
            "sorte",
            "besoin",
            "personne",
            "responsable",
            "ressource",
            "echeance",
            "faite_le",
            "resultat",
        ]
        widgets = {"echeance": JOUR, "faite_le": JOUR, "resultat": texte(3)}
        help_texts = {"personne": "Elle en est prévenue, si elle a un compte."}

    def preparer(self) -> None:
        besoins = Besoin.objects.filter(diagnostic=self.parcours.diagnostic_id)
        champ(self, "besoin").queryset = besoins
        qui = Q(organisation=self.parcours.operateur_id, role__in=Role.d_operateur())
        qui |= Q(organisation=self.parcours.structure_id, role=Role.STRUCTURE)
        actifs = Rattachement.objects.actifs().filter(qui).order_by().values("personne")
        champ(self, "personne").queryset = Personne.objects.filter(
            Q(pk__in=actifs) | Q(pk=self.instance.personne_id)  # type: ignore[attr-defined]
        )
        if not besoins.exists():
            del self.fields["besoin"]


class FormulaireDePoint(FormulaireDElement):
    """Une rencontre ou un échange, et le rendez-vous suivant."""

    class Meta:
        model = PointDeSuivi
        fields = ["date", "resume", "prochain_le", "note_interne"]
        widgets = {
            "date": JOUR,
            "prochain_le": JOUR,
            "resume": texte(5),
            "note_interne": texte(3),
        }
        help_texts = {
            "resume": "La structure le lit.",
            "note_interne": "Lue par l’équipe du DLA seulement.",
        }

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        jour, prochain = donnees.get("date"), donnees.get("prochain_le")
        if jour and prochain and prochain <= jour:
            self.add_error("prochain_le", "Le prochain point vient après celui-ci.")
        return donnees


class FormulaireDeNote(FormulaireDElement):
    """Une note interne."""

    class Meta:
        model = NoteDeParcours
        fields = ["texte"]


class FormulaireDeBilan(FormulaireSuivi):
    """Ce qui a changé, en tout et besoin par besoin."""

    instance: Parcours

    class Meta:
        model = Parcours
        fields = ["changements"]
        widgets = {"changements": texte(6)}
        help_texts = {
            "changements": "Une coopération née, une décision prise comptent autant qu’un budget. "
            "Ce qui n’a pas marché sert aussi.",
        }

    def __init__(self, *args: Any, besoins: list[Besoin], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.besoins = besoins
        dites = {e.besoin_id: e for e in self.instance.evolutions.all()}
        for besoin in besoins:
            dite = dites.get(besoin.pk)
            self.fields[f"constat_{besoin.pk}"] = forms.ChoiceField(
                label="Ce qu’il est devenu",
                required=False,
                choices=[("", "Pas encore dit"), *Devenir.choices],
                initial=dite.constat if dite else "",
            )
            self.fields[f"mots_{besoin.pk}"] = forms.CharField(
                label="En quelques mots",
                required=False,
                max_length=2000,
                widget=texte(2),
                initial=dite.mots if dite else "",
            )

    @property
    def rangees(self) -> list[tuple[Besoin, forms.BoundField, forms.BoundField]]:
        """Chaque besoin et ses deux questions."""
        return [(b, self[f"constat_{b.pk}"], self[f"mots_{b.pk}"]) for b in self.besoins]

    def evolutions(self) -> list[Evolution]:
        """Une par besoin dont on dit quelque chose, ou dont on avait dit quelque chose."""
        return [
            Evolution(
                besoin=besoin,
                constat=self.cleaned_data[f"constat_{besoin.pk}"],
                mots=self.cleaned_data[f"mots_{besoin.pk}"],
            )
            for besoin in self.besoins
            if {f"constat_{besoin.pk}", f"mots_{besoin.pk}"} & set(self.changed_data)
        ]
