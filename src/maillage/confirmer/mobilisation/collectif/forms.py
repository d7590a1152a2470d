"""Le formulaire du collectif : son nom, où en sont ses membres, leur liste collée."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms

from maillage.annuaire.models import EntreeDuRegistre, Organisation
from maillage.confirmer.forms.mobilisation import ChoixDOrganisations
from maillage.confirmer.mobilisation.collectif.reconnaissance import (
    LAISSER,
    Candidate,
    Ligne,
    reconnaitre,
)
from maillage.confirmer.models import Palier
from maillage.socle.saisies import lignes_ecrites, texte

AU_PLUS = 60
PALIERS = [
    (Palier.RETENUE.value, "retenus d’emblée : le groupe, c’est eux"),
    (Palier.INTERESSEE.value, "intéressés : on retiendra plus tard ceux qui viennent"),
    (Palier.REPEREE.value, "repérés : personne ne leur en a encore parlé"),
]


class ChoixDeMembres(ChoixDOrganisations):
    """Les membres cochés dans les structures que l'on voit, et où ils en sont."""

    palier = forms.ChoiceField(
        label="Ses membres sont", choices=PALIERS, initial=Palier.RETENUE, widget=forms.RadioSelect
    )


class FormulaireDeCollectif(forms.Form):
    """On colle, on relit ce qui est reconnu, on entre ; `vues` : la liste que l'on a relue.

    Rien ne s'écrit tant que la liste envoyée n'est pas celle que la page a montrée reconnue, et
    que chaque ligne n'a pas sa structure ou n'est pas laissée de côté.
    """

    collectif = forms.CharField(
        label="Nom du collectif",
        max_length=200,
        required=False,
        help_text="Comme ses membres l’appellent : un réseau, un pôle, une union.",
    )
    palier = forms.ChoiceField(
        label="Ses membres sont",
        choices=PALIERS,
        initial=Palier.RETENUE,
        widget=forms.RadioSelect,
    )
    membres = forms.CharField(
        label="Ses membres, un par ligne",
        max_length=10_000,
        widget=texte(8),
        help_text="Un nom, un numéro RNA, SIREN ou SIRET, ou les deux ; collés d’un courriel ou "
        "d’un tableur.",
        error_messages={"required": "Collez au moins un membre : un nom ou un numéro par ligne."},
    )

    def __init__(self, *args: Any, utilisateur: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utilisateur = utilisateur
        self.lignes: list[Ligne] = []

    def clean_membres(self) -> str:
        colles: str = self.cleaned_data["membres"]
        ecrites = lignes_ecrites(colles)
        if not ecrites:
            raise forms.ValidationError(self.fields["membres"].error_messages["required"])
        if len(ecrites) > AU_PLUS:
            raise forms.ValidationError(
                f"{AU_PLUS} lignes au plus à la fois : entrez celles-là, puis revenez avec la "
                "suite, qui les rejoindra."
            )
        return colles

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if "membres" in donnees:
            self.lignes = reconnaitre(lignes_ecrites(donnees["membres"]), self.utilisateur)
            for ligne in self.lignes:
                self._decider(ligne)
            self._dire_les_redites()
        return donnees

    def _decider(self, ligne: Ligne) -> None:
        """Ce que l'on a choisi pour cette ligne, si la page le propose encore."""
        choisi = self.data.get(ligne.champ, "")
        if choisi == LAISSER or any(c.cle == choisi for c in ligne.candidates):
            ligne.choix, ligne.probleme = choisi, ""

    def _dire_les_redites(self) -> None:
        """Deux lignes qui disent la même structure n'en font qu'une."""
        premieres: dict[str, Ligne] = {}
        for ligne in self.lignes:
            if ligne.retenue and premieres.setdefault(ligne.choix, ligne) is not ligne:
                ligne.probleme = f"La même que « {premieres[ligne.choix].texte} » : une suffira."

    @property
    def empreinte(self) -> str:
        """La liste telle qu'on l'a reconnue."""
        ecrites = "\n".join(ligne.texte for ligne in self.lignes)
        return sha256(ecrites.encode()).hexdigest()[:16]

    @property
    def relue(self) -> bool:
        """C'est bien cette liste que la page montrait."""
        return bool(self.lignes) and self.data.get("vues") == self.empreinte

    @property
    def indecises(self) -> list[Ligne]:
        return [ligne for ligne in self.lignes if not ligne.decidee]

    @property
    def retenues(self) -> list[Organisation | EntreeDuRegistre]:
        """Les structures à entrer, chacune une fois."""
        choisies: dict[str, Candidate] = {
            ligne.choix: ligne.retenue for ligne in self.lignes if ligne.retenue
        }
        return [candidate.objet for candidate in choisies.values()]

    def refuser(self, objet: EntreeDuRegistre, raison: str) -> None:
        """Dit sur sa ligne pourquoi une structure n'a pas pu entrer."""
        for ligne in self.lignes:
            if ligne.retenue and ligne.retenue.objet == objet:
                ligne.choix, ligne.probleme = "", raison
