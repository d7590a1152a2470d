"""Formulaires du cadrage d'une mission : le ciblage, le rôle du DLA."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage import methode
from maillage.identifier.models import RoleDuDLA
from maillage.identifier.operations import ConflitDeCiblage, LigneDeCiblage
from maillage.ingenieries.forms import FormulaireDElement
from maillage.ingenieries.models import Ingenierie
from maillage.socle.mots import citer
from maillage.socle.saisies import champ, texte


class FormulaireDeCiblage(forms.Form):
    """Les quatorze sous-items d'un coup ; chacun se souvient du texte que l'on avait lu."""

    def __init__(self, *args: Any, ingenierie: Ingenierie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        presents = {c.sous_item: c.retenu for c in ingenierie.ciblages.all()}
        for code, element in _sous_items().items():
            self.fields[code] = forms.CharField(
                label=element.libelle,
                help_text=element.aide,
                required=False,
                max_length=2000,
                initial=presents.get(code, ""),
                show_hidden_initial=True,
                widget=texte(2),
            )

    @property
    def criteres(self) -> list[tuple[methode.Element, list[forms.BoundField]]]:
        """Chaque critère et ses champs, pour le gabarit."""
        return [
            (critere, [self[element.code] for element in critere.elements])
            for critere in methode.ciblage().criteres
        ]

    def lignes(self) -> list[LigneDeCiblage]:
        """Les seuls sous-items que la personne a changés."""
        return [
            LigneDeCiblage(code, _lignes(self.cleaned_data[code]), _lignes(self._lu(code)))
            for code in self.changed_data
        ]

    def signaler_conflit(self, conflit: ConflitDeCiblage) -> None:
        """Garde la saisie, montre ce que l'autre a écrit, et permet de décider."""
        donnees: Any = self.data
        self.data = donnees = donnees.copy()
        for code, enregistre in conflit.enregistres.items():
            ecrit = citer(enregistre) if enregistre else "plus rien"
            self.add_error(
                code,
                f"Quelqu’un d’autre a écrit ici entre-temps : {ecrit}. Gardez votre texte ou "
                "reprenez le sien, puis enregistrez de nouveau.",
            )
            donnees[self.add_initial_prefix(code)] = enregistre

    def _lu(self, code: str) -> str:
        lu: str = self.data.get(self.add_initial_prefix(code), "")
        return lu.strip()


def _sous_items() -> dict[str, methode.Element]:
    return {e.code: e for critere in methode.ciblage().criteres for e in critere.elements}


def _lignes(texte: str) -> str:
    """Les fins de ligne d'un navigateur ne sont pas un changement."""
    return texte.replace("\r\n", "\n")


class FormulaireDeRole(FormulaireDElement):
    """La place du DLA ; les deux axes disent leurs pôles."""

    pouvoirs_publics = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    projet = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    class Meta:
        model = RoleDuDLA
        fields = [
            "pouvoirs_publics",
            "projet",
            "posture",
            "legitimite",
            "demarche_proposee",
            "coherence",
            "risque_garde",
        ]
        help_texts = {
            "legitimite": "Mission, fonction, mandat, territoire : ce qui autorise le DLA à agir.",
            "coherence": "Avec le cadre du DLA, les besoins, les parcours, le territoire.",
            "risque_garde": "Ce à quoi vous voulez faire attention, avec vos mots.",
        }
        widgets = {"posture": forms.RadioSelect} | {
            nom: texte(3)
            for nom in ("legitimite", "demarche_proposee", "coherence", "risque_garde")
        }

    def preparer(self) -> None:
        for axe in methode.postures().axes:
            position = champ(self, axe.code)
            position.label = axe.libelle
            position.choices = [("", "Sans position"), *_echelle(*axe.poles)]
        champ(self, "posture").choices = [("", "À choisir"), *_postures()]


def _postures() -> list[tuple[str, str]]:
    """Chaque posture, et la situation où elle guette le DLA."""
    postures = methode.postures()
    poles = {pole.code: pole.libelle.lower() for pole in postures.poles}
    return [
        (p.code, f"{p.libelle} ({poles[p.pouvoirs_publics]}, {poles[p.projet]})")
        for p in postures.postures
    ]


def _echelle(premier: methode.Element, second: methode.Element) -> list[tuple[int, str]]:
    """Cinq positions, de l'un à l'autre pôle."""
    return [
        (1, f"1. {premier.libelle}"),
        (2, f"2. Plutôt {citer(premier.libelle.lower())}"),
        (3, "3. Entre les deux"),
        (4, f"4. Plutôt {citer(second.libelle.lower())}"),
        (5, f"5. {second.libelle}"),
    ]
