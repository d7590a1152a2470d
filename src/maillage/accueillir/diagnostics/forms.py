"""Formulaires du diagnostic : l'ouvrir, écrire un domaine, dire un besoin, le valider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from maillage import methode
from maillage.accueillir.diagnostics.themes import ChampTheme
from maillage.accueillir.equipe import restreindre_a_l_equipe
from maillage.accueillir.models import (
    Besoin,
    Diagnostic,
    EtatDiagnostic,
    EtatVolet,
    FormeDeDiagnostic,
    Volet,
)
from maillage.methode.notions.accueillir import Domaine
from maillage.socle.formulaires import FormulaireDeVerbe, FormulaireSuivi
from maillage.socle.saisies import JOUR, champ, texte

if TYPE_CHECKING:
    from maillage.annuaire.models import Organisation
    from maillage.socle.comptes import Utilisateur

LONGUEUR = 4000


class FormulaireDeDiagnostic(FormulaireSuivi):
    """La date, qui s'en charge, ce qu'il faut retenir."""

    instance: Diagnostic

    class Meta:
        model = Diagnostic
        fields = ["synthese", "date", "charge", "operateur"]
        help_texts = {
            "synthese": "En quelques phrases : ce que la structure et vous voyez ensemble.",
        }
        widgets: ClassVar[dict[str, Any]] = {"synthese": texte(8), "date": JOUR}

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        restreindre_a_l_equipe(self, utilisateur)


class FormulaireDOuverture(FormulaireDeDiagnostic):
    """Ouvrir un diagnostic : neuf, ou en reprenant un précédent."""

    class Meta(FormulaireDeDiagnostic.Meta):
        fields = ["precedent", "forme", "date", "charge", "operateur", "demande"]
        labels = {"demande": "Demande dont il part"}
        help_texts = {
            "precedent": "Ses textes et ses besoins sont repris, à relire ; on compare ensuite.",
            "forme": "La forme complète ajoute les questions de la grille ; on en change quand "
            "on veut, sans rien perdre.",
        }
        widgets: ClassVar[dict[str, Any]] = {"date": JOUR, "forme": forms.RadioSelect}

    def __init__(
        self, *args: Any, utilisateur: Utilisateur, structure: Organisation, **kwargs: Any
    ) -> None:
        super().__init__(*args, utilisateur=utilisateur, **kwargs)
        visibles = structure.diagnostics.visibles_par(utilisateur)
        precedents = visibles.filter(etat=EtatDiagnostic.VALIDE)
        demandes = structure.demandes.visibles_par(utilisateur)
        for nom, objets in (("precedent", precedents), ("demande", demandes)):
            champ(self, nom).queryset = objets
            self.initial[nom] = objets.first()
            champ(self, nom).label_from_instance = _DIRE[nom]
            if not self.initial[nom]:
                del self.fields[nom]


_DIRE: dict[str, Any] = {
    "precedent": lambda d: f"Celui du {d.date:%d/%m/%Y}",
    "demande": lambda d: f"Celle du {d.recue_le:%d/%m/%Y}, {d.get_etat_display()}",
}


class FormulaireDeVolet(FormulaireSuivi):
    """Un domaine : quatre champs, les questions de la forme complète, une note interne."""

    instance: Volet

    class Meta:
        model = Volet
        fields = [
            "situation",
            "forces",
            "fragilites",
            "preuves",
            "etat",
            "motif",
            "note_interne",
        ]
        help_texts = {
            "preuves": "Un document, un chiffre, une visite, une parole : ce qui le montre.",
            "note_interne": "Lue par l’équipe du DLA seulement, jamais par la structure.",
        }
        widgets = {
            **{nom: texte(4) for nom in ("situation", "forces", "fragilites")},
            "preuves": texte(2),
            "note_interne": texte(3),
            "etat": forms.RadioSelect,
        }

    def __init__(self, *args: Any, domaine: Domaine, complete: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: Sequence[methode.Element] = domaine.questions if complete else ()
        for question in self.questions:
            self.fields[question.code] = forms.CharField(
                label=question.libelle,
                help_text=question.aide,
                required=False,
                max_length=LONGUEUR,
                initial=self.instance.reponses.get(question.code, ""),
                widget=texte(3),
            )

    @property
    def partages(self) -> list[forms.BoundField]:
        """Ce que la structure lira."""
        return [self[nom] for nom in ("situation", "forces", "fragilites", "preuves")]

    @property
    def demandes(self) -> list[forms.BoundField]:
        """Les questions de la forme complète."""
        return [self[question.code] for question in self.questions]

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("etat") != EtatVolet.SANS_OBJET:
            donnees["motif"] = ""
        dites = {q.code: donnees.get(q.code, "") for q in self.questions}
        gardees = {c: t for c, t in self.instance.reponses.items() if c not in dites}
        self.instance.reponses = gardees | {c: t for c, t in dites.items() if t}
        return donnees


class FormulaireDeBesoin(FormulaireSuivi):
    """Un besoin : ses mots, son thème, s'il est prioritaire, s'il reste au DLA."""

    instance: Besoin

    theme = ChampTheme(label="Thème", required=False)

    class Meta:
        model = Besoin
        fields = ["dit", "theme", "prioritaire", "interne"]
        labels = {"interne": "Interne au DLA : la structure ne le lit pas"}
        widgets = {"dit": texte(3)}


class FormulaireDeForme(FormulaireDeVerbe):
    """La bascule entre forme courte et forme complète."""

    forme = forms.ChoiceField(choices=FormeDeDiagnostic.choices)


class FormulaireDeReponse(FormulaireDeVerbe):
    """Ce que la structure répond : ses remarques, avec la version qu'elle a lue."""

    remarques = forms.CharField(required=False, max_length=8000)


class FormulaireDeConstat(FormulaireSuivi):
    """L'agent consigne une validation donnée de vive voix : qui, comment."""

    instance: Diagnostic

    class Meta:
        model = Diagnostic
        fields = ["valide_par", "preuve", "remarques"]
        labels = {"valide_par": "Qui l’a validé", "preuve": "Comment elle ou il l’a dit"}
        help_texts = {
            "valide_par": "Son nom et sa fonction dans la structure.",
            "preuve": "« Au téléphone le 3 mars », « en réunion de bureau, compte rendu joint »…",
        }
        widgets = {"remarques": texte(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in ("valide_par", "preuve"):
            champ(self, nom).required = True
