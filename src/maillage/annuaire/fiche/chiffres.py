"""Les chiffres d'une organisation, prêts à montrer : tableaux, graphiques, écarts, comparaison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.text import capfirst

from maillage.annuaire.calculs.chiffres import Part, comparer, ecart
from maillage.annuaire.models import ChiffresAnnuels
from maillage.annuaire.models.chiffres import RESSOURCES, SORTES_D_EMPLOI
from maillage.socle import graphiques
from maillage.socle.listes import ColonneDeListe
from maillage.socle.mots import enumerer, minuscule
from maillage.socle.quantites import Quantite

COURTS = {
    "ressources_marchandes": "Marchandes",
    "ressources_non_marchandes": "Non marchandes",
    "ressources_non_monetaires": "Non monétaires",
    "etp": "ETP",
    "insertion": "Aidés, insertion",
    "mis_a_disposition": "Mis à disposition",
    "volontaires": "Service civique",
}
HORS = frozenset({"ressources_non_monetaires", "mis_a_disposition", "volontaires"})
"""Parts que le budget, ou le décompte des emplois, comptent ou non selon les structures."""


@dataclass(frozen=True, slots=True)
class Groupe:
    """Des chiffres qui se lisent ensemble ; le premier est le tout de ses `parts`."""

    code: str
    titre: str
    noms: tuple[str, ...]
    parts: tuple[str, ...] = ()
    nom_du_tout: str = ""


GROUPES = (
    Groupe("ressources", "Budget et ressources", ("budget", *RESSOURCES), RESSOURCES, "le budget"),
    Groupe(
        "emplois",
        "Emplois",
        ("emplois", "etp", *SORTES_D_EMPLOI),
        SORTES_D_EMPLOI,
        "les emplois",
    ),
    Groupe("vie", "Vie associative", ("adherents", "benevoles")),
)


Series = tuple[tuple[str, tuple[str, ...]], ...]
DESSINS: dict[str, tuple[tuple[str, Series], ...]] = {
    "ressources": (
        (
            "Ressources en trois parts (€)",
            (
                ("ressources non monétaires", RESSOURCES),
                ("ressources non marchandes", RESSOURCES[:2]),
                ("ressources marchandes", RESSOURCES[:1]),
            ),
        ),
        ("Budget (€)", (("budget", ("budget",)),)),
    ),
    "emplois": (
        (
            "Emplois et équivalents temps plein",
            (("emplois", ("emplois",)), ("ETP", ("etp",))),
        ),
        ("Emplois", (("emplois", ("emplois",)),)),
    ),
}
"""Par groupe, ses dessins du plus complet au plus simple ; une série somme les chiffres nommés.

Les séries se superposent : des sommes emboîtées font des colonnes empilées.
"""


@dataclass(frozen=True, slots=True)
class GroupeLu:
    """Un groupe prêt à montrer : ce qui n'est jamais dit se dit une fois, et non à chaque ligne."""

    code: str
    titre: str
    colonnes: list[ColonneDeListe]
    lignes: list[tuple[int, list[tuple[str, str]]]]
    tus: str
    ecarts: list[str]
    graphique: str


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Deux années en une ligne, et le formulaire qui en choisit d'autres."""

    de: int
    a: int
    formulaire: FormulaireDeComparaison
    lignes: list[tuple[str, str]] = field(default_factory=list)
    tus: str = ""


class FormulaireDeComparaison(forms.Form):
    """Deux années parmi celles qui ont des chiffres."""

    de = forms.TypedChoiceField(label="De", coerce=int)
    a = forms.TypedChoiceField(label="À", coerce=int)

    def __init__(self, *args: Any, annees: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in ("de", "a"):
            choix: Any = self.fields[nom]
            choix.choices = [(annee, str(annee)) for annee in annees]


def libelle(nom: str) -> str:
    """L'intitulé court d'un chiffre."""
    return COURTS.get(nom) or capfirst(getattr(ChiffresAnnuels, nom).libelle)


def lire(annees: Sequence[ChiffresAnnuels]) -> list[GroupeLu]:
    """Les groupes dont un chiffre au moins est connu ; `annees` de la plus récente."""
    lus = (_lire(groupe, annees) for groupe in GROUPES)
    return [groupe for groupe in lus if groupe.lignes]


def comparaison(
    annees: Sequence[ChiffresAnnuels], demande: Mapping[str, Any]
) -> Comparaison | None:
    """Les deux années demandées, à défaut les deux dernières ; rien s'il n'y en a qu'une."""
    if len(annees) < 2:
        return None
    par_annee = {c.annee: c for c in annees}
    initiales = {"de": annees[1].annee, "a": annees[0].annee}
    dites = FormulaireDeComparaison({**initiales, **_posees(demande)}, annees=list(par_annee))
    choisies = initiales | (dites.cleaned_data if dites.is_valid() else {})
    formulaire = FormulaireDeComparaison(initial=choisies, annees=list(par_annee))
    avant, apres = (_quantites(par_annee[choisies[cle]]) for cle in ("de", "a"))
    lignes, tus = comparer(avant, apres)
    return Comparaison(choisies["de"], choisies["a"], formulaire, lignes, tus)


def _posees(demande: Mapping[str, Any]) -> dict[str, Any]:
    return {cle: demande[cle] for cle in ("de", "a") if cle in demande}


def _quantites(chiffres: ChiffresAnnuels) -> list[tuple[str, Quantite]]:
    return [(minuscule(libelle(nom)), getattr(chiffres, nom)) for nom in ChiffresAnnuels.QUANTITES]


def _lire(groupe: Groupe, annees: Sequence[ChiffresAnnuels]) -> GroupeLu:
    dits = [nom for nom in groupe.noms if any(getattr(c, nom).connue for c in annees)]
    tus = [libelle(nom) for nom in groupe.noms if nom not in dits]
    lignes = [
        (c.annee, [(libelle(nom), str(getattr(c, nom))) for nom in dits])
        for c in annees
        if any(getattr(c, nom).connue for nom in dits)
    ]
    ecarts = [(c.annee, _ecart(groupe, c)) for c in annees]
    return GroupeLu(
        groupe.code,
        groupe.titre,
        [ColonneDeListe("Année"), *(ColonneDeListe(libelle(nom), nombre=True) for nom in dits)],
        lignes,
        f"Jamais dit : {enumerer(tus)}." if tus else "",
        [f"{annee} : {phrase}" for annee, phrase in ecarts if phrase],
        _dessiner(groupe.code, annees),
    )


def _ecart(groupe: Groupe, chiffres: ChiffresAnnuels) -> str:
    parts = [
        Part(minuscule(libelle(nom)), getattr(chiffres, nom), nom in HORS) for nom in groupe.parts
    ]
    return ecart(getattr(chiffres, groupe.noms[0]), parts, groupe.nom_du_tout)


def _dessiner(code: str, annees: Sequence[ChiffresAnnuels]) -> str:
    """Le premier dessin du groupe que deux années au moins permettent ; l'inconnu n'y est pas."""
    for titre, series in DESSINS.get(code, ()):
        noms = {nom for _, sommes in series for nom in sommes}
        dits = [c for c in reversed(annees) if all(getattr(c, nom).connue for nom in noms)]
        if len(dits) > 1:
            cles = [str(c.annee) for c in dits]
            lues = [(nom, [_somme(c, sommes) for c in dits]) for nom, sommes in series]
            return graphiques.colonnes(f"g-{code}", titre, _description(annees, dits), cles, *lues)
    return ""


def _description(annees: Sequence[ChiffresAnnuels], dits: Sequence[ChiffresAnnuels]) -> str:
    absentes = [str(c.annee) for c in reversed(annees) if c not in dits]
    manque = f", sans {enumerer(absentes)} où il en manque" if absentes else ""
    return f"De {dits[0].annee} à {dits[-1].annee}{manque}. Les nombres sont dans le tableau."


def _somme(chiffres: ChiffresAnnuels, noms: Sequence[str]) -> float:
    return float(sum(getattr(chiffres, nom).valeur for nom in noms))
