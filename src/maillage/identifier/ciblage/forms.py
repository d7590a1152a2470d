"""Poser des critères : les cinq de la méthode et leurs quatorze sous-items, en un formulaire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from maillage import methode
from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier.ciblage.sortes import SORTES, Sorte, sans_critere
from maillage.identifier.forms import FormulaireDeBesoin
from maillage.identifier.models import (
    EtatProblematique,
    Problematique,
    RechercheDeCiblage,
)
from maillage.ingenieries.models import Ingenierie
from maillage.socle.saisies import champ, texte
from maillage.territoires.champs import ChampTerritoires
from maillage.territoires.models import Territoire

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

INCONNUES = "inconnues"
MOTS = "mots"


@dataclass(frozen=True, slots=True)
class Groupe:
    """Les champs d'un critère posé, et la case qui dit quoi faire des inconnues."""

    champs: list[forms.BoundField]
    inconnues: forms.BoundField | None = None


@dataclass(frozen=True, slots=True)
class SousItem:
    """Un sous-item de la méthode et ce qui s'y pose ; `calcule` faux : des mots à vérifier."""

    element: methode.Element
    groupes: list[Groupe]
    calcule: bool


@dataclass(frozen=True, slots=True)
class CritereAPoser:
    """L'un des cinq critères, ses sous-items, combien sont posés, et s'il faut l'ouvrir."""

    critere: methode.Element
    sous_items: list[SousItem]
    poses: int
    ouvert: bool


class FormulaireDeRecherche(FormulaireDeBesoin):
    """Une recherche de ciblage ; aucun critère n'est obligatoire."""

    territoires = ChampTerritoires(
        label="Où chercher",
        help_text="Le vivier : « Doubs », ou plusieurs lieux séparés par des points-virgules.",
    )

    class Meta:
        model = RechercheDeCiblage
        fields = [
            "nom",
            "operateur",
            "territoires",
            "fiches",
            "registre",
            "problematique",
            "ingenierie",
        ]
        help_texts = {
            "nom": "De quoi le reconnaître : « Culture du Doubs, sans mécène ».",
            "registre": "Associations et unités légales du RNA et de SIRENE, en activité.",
        }

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, utilisateur=utilisateur, **kwargs)
        self._choisir_les_liens(utilisateur)
        for sorte in SORTES.values():
            self._ajouter(sorte)
        for element in sans_critere():
            self._ajouter_mots(element)
        if self.instance._state.adding:
            perimetre = sorted(perimetre_de(utilisateur).territoires)
            lieux = Territoire.objects.filter(pk__in=perimetre)
            self.initial.setdefault("territoires", list(lieux))
        else:
            self.initial["territoires"] = list(self.instance.territoires.all())

    def _choisir_les_liens(self, utilisateur: Utilisateur) -> None:
        """Les problématiques que l'on lit, les missions que pilotent ses DLA."""
        champ(self, "problematique").queryset = (
            Problematique.objects.visibles_par(utilisateur)
            .exclude(etat=EtatProblematique.ECARTEE)
            .order_by("recherche")
        )
        champ(self, "ingenierie").queryset = Ingenierie.objects.filter(
            operateur__in=perimetre_de(utilisateur).operateurs
        ).order_by("-annee", "titre")

    def _ajouter(self, sorte: Sorte) -> None:
        pose = self.instance.criteres.get(sorte.code)
        champs = sorte.genre.champs(sorte.libelle, sorte.aide)
        initiales = sorte.genre.initiales(pose["valeur"]) if pose else {}
        for suffixe, un_champ in champs.items():
            un_champ.initial = initiales.get(suffixe)
            self.fields[_nom(sorte.code, suffixe)] = un_champ
        self.fields[_nom(sorte.code, INCONNUES)] = forms.BooleanField(
            label=f"{sorte.libelle} : garder celles dont on l’ignore",
            required=False,
            initial=pose["inconnues"] if pose else True,
        )

    def _ajouter_mots(self, element: methode.Element) -> None:
        self.fields[_nom(MOTS, element.code)] = forms.CharField(
            label=element.libelle,
            help_text="Ne se calcule pas : ce que vous vérifierez vous-même auprès d’elles.",
            required=False,
            max_length=1000,
            initial=self.instance.mots.get(element.code, ""),
            widget=texte(2),
        )

    def clean(self) -> None:
        super().clean()
        self.instance.criteres = {
            code: lu for code, sorte in SORTES.items() if (lu := self._lire(sorte))
        }
        self.instance.mots = {
            element.code: dit
            for element in sans_critere()
            if (dit := self.cleaned_data.get(_nom(MOTS, element.code), "").strip())
        }

    def _lire(self, sorte: Sorte) -> dict[str, Any] | None:
        """Le critère posé ; rien si ses champs sont vides ou illisibles."""
        noms = self._champs_de(sorte)
        if any(nom not in self.cleaned_data for nom in noms.values()):
            return None
        try:
            valeur = sorte.genre.lire({s: self.cleaned_data[nom] for s, nom in noms.items()})
        except ValidationError as erreur:
            self.add_error(next(iter(noms.values())), erreur)
            return None
        if valeur is None:
            return None
        garder = self.cleaned_data[_nom(sorte.code, INCONNUES)]
        return {"valeur": valeur, INCONNUES: garder}

    def _champs_de(self, sorte: Sorte) -> dict[str, str]:
        """Le nom de chaque champ d'une sorte, par suffixe."""
        return {suffixe: _nom(sorte.code, suffixe) for suffixe in sorte.genre.champs("", "")}

    @property
    def cadre(self) -> list[forms.BoundField]:
        """Les champs qui ne sont pas des critères."""
        return [self[nom] for nom in self.Meta.fields if nom in self.fields]

    def criteres_a_poser(self) -> Iterator[CritereAPoser]:
        """Les cinq critères, ceux qui servent ouverts."""
        for critere in methode.ciblage().criteres:
            sous_items = [self._sous_item(element) for element in critere.elements]
            champs = [c for s in sous_items for g in s.groupes for c in g.champs]
            poses = sum(
                any(champ.value() for champ in groupe.champs)
                for sous_item in sous_items
                for groupe in sous_item.groupes
            )
            ouvert = bool(poses) or any(champ.errors for champ in champs)
            yield CritereAPoser(critere, sous_items, poses, ouvert)

    def _sous_item(self, element: methode.Element) -> SousItem:
        sortes = [sorte for sorte in SORTES.values() if sorte.sous_item == element.code]
        groupes = [
            Groupe(
                [self[nom] for nom in self._champs_de(sorte).values()],
                self[_nom(sorte.code, INCONNUES)],
            )
            for sorte in sortes
        ]
        mots = [] if groupes else [Groupe([self[_nom(MOTS, element.code)]])]
        return SousItem(element, groupes or mots, bool(groupes))


def _nom(code: str, suffixe: str) -> str:
    return f"{code}_{suffixe}" if suffixe else code
