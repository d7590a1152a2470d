"""Le formulaire d'une réunion : un choix par champ qui diffère, un par ligne qui se heurte."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model

from maillage.annuaire.doublons.fusion import CHAMPS, DE_L_ABSORBEE, preferer
from maillage.annuaire.doublons.liens import Heurt, heurts
from maillage.annuaire.models import Organisation
from maillage.socle.differences import Changement, Difference, Noms, decrire, nommer
from maillage.socle.mots import abreger

GARDEE = "gardee"
_LIGNE = "ligne:"


class FormulaireDeReunion(forms.Form):
    """Deux boutons par différence ; prérempli de ce qui est rempli, puis du plus récent."""

    def __init__(
        self, *args: Any, gardee: Organisation, absorbee: Organisation, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.heurts = heurts(Organisation, gardee.pk, absorbee.pk)
        champs = [_changement(Organisation, nom, gardee, absorbee) for nom in CHAMPS]
        lignes = {h.cle: _changements(h) for h in self.heurts}
        noms = nommer([c for lot in (champs, *lignes.values()) for c in lot])
        choix = preferer(gardee, absorbee)
        for difference in decrire(champs, noms):
            self._ajouter(difference.nom, difference, choix[difference.nom])
        for heurt in self.heurts:
            if heurt.imposee is not None:
                continue
            if dit := _dire_heurt(heurt, lignes[heurt.cle], noms):
                self._ajouter(_LIGNE + heurt.cle, dit, _la_plus_recente(heurt))

    def _ajouter(self, nom: str, difference: Difference, initial: str) -> None:
        self.fields[nom] = forms.ChoiceField(
            label=difference.champ[:1].upper() + difference.champ[1:],
            choices=[(GARDEE, difference.avant), (DE_L_ABSORBEE, difference.apres)],
            widget=forms.RadioSelect,
            initial=initial,
        )

    def de_la_fiche(self) -> list[forms.BoundField]:
        return [champ for champ in self if not champ.name.startswith(_LIGNE)]

    def des_lignes(self) -> list[forms.BoundField]:
        return [champ for champ in self if champ.name.startswith(_LIGNE)]

    def champs(self) -> dict[str, str]:
        """D'où prendre chaque champ de la fiche."""
        return {n: v for n, v in self.cleaned_data.items() if not n.startswith(_LIGNE)}

    def lignes(self) -> dict[str, str]:
        """Laquelle garder de deux lignes qui se heurtent."""
        debut = len(_LIGNE)
        return {n[debut:]: v for n, v in self.cleaned_data.items() if n.startswith(_LIGNE)}


def _changement(modele: type[Model], nom: str, gardee: Any, absorbee: Any) -> Changement:
    champ: Any = modele._meta.get_field(nom)
    return Changement(champ, getattr(gardee, champ.attname), getattr(absorbee, champ.attname))


def _changements(heurt: Heurt) -> list[Changement]:
    """Ce qui distingue deux lignes, hors de la fiche qu'elles désignent."""
    return [
        _changement(heurt.lien.modele, champ.name, heurt.gardee, heurt.absorbee)
        for champ in heurt.lien.modele._meta.concrete_fields
        if champ.name != heurt.lien.champ
    ]


def _dire_heurt(heurt: Heurt, changements: list[Changement], noms: Noms) -> Difference | None:
    """Deux lignes en une phrase chacune ; rien si elles disent la même chose."""
    differences = decrire(changements, noms)
    if not differences:
        return None
    return Difference(
        f"{heurt.lien.modele._meta.verbose_name} : {heurt.gardee}",
        abreger(" · ".join(f"{d.champ} : {d.avant}" for d in differences), 300),
        abreger(" · ".join(f"{d.champ} : {d.apres}" for d in differences), 300),
    )


def _la_plus_recente(heurt: Heurt) -> str:
    ici = getattr(heurt.gardee, "modifie_le", None)
    la_bas = getattr(heurt.absorbee, "modifie_le", None)
    return DE_L_ABSORBEE if ici and la_bas and la_bas > ici else GARDEE
