"""Les critères qui se calculent, chacun rapporté à son sous-item de la méthode (S3, fiche 4).

Une ligne par critère : comment il se saisit, ce qu'en disent les fiches, ce qu'en dit le registre.
Le rapport entre un critère et son sous-item est le nôtre (docs/decisions/0019) ; les sous-items
sans critère restent des mots que l'agente vérifie elle-même.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maillage import methode
from maillage.annuaire import nomenclatures
from maillage.annuaire.models import ChiffresAnnuels
from maillage.annuaire.models.chiffres import SORTES_D_EMPLOI
from maillage.identifier.choix import themes_par_famille
from maillage.identifier.ciblage.calculs.cascade import Regle
from maillage.identifier.ciblage.genres import (
    Autour,
    Codes,
    Genre,
    Intervalle,
    Lieux,
    Mots,
    OuiNon,
)
from maillage.identifier.ciblage.verdicts import communs, fiches, registre
from maillage.identifier.ciblage.verdicts.communs import Juge


@dataclass(frozen=True, slots=True)
class Sorte:
    """Une sorte de critère ; `registre` absent : le registre n'en dit rien, tout y est inconnu."""

    code: str
    sous_item: str
    libelle: str
    genre: Genre
    fiche: Juge
    registre: Juge = communs.muet
    aide: str = ""


@dataclass(frozen=True, slots=True)
class Critere:
    """Un critère posé dans une recherche."""

    sorte: Sorte
    valeur: Any
    garder_inconnues: bool

    @property
    def regle(self) -> Regle:
        return Regle(self.sorte.code, self.garder_inconnues)

    @property
    def phrase(self) -> str:
        """« Secteur : Culture ou Sport »."""
        return f"{self.sorte.libelle} : {self.sorte.genre.dire(self.valeur)}"


def _objets_sociaux() -> list[tuple[str, str]]:
    familles = nomenclatures.lire("objets_sociaux.yaml")["familles"]
    return [(famille["code"], famille["libelle"].capitalize()) for famille in familles]


def _emplois() -> list[tuple[str, str]]:
    libelles = {sorte: getattr(ChiffresAnnuels, sorte).libelle for sorte in SORTES_D_EMPLOI}
    return [(sorte, libelle[0].upper() + libelle[1:]) for sorte, libelle in libelles.items()]


SORTES: Mapping[str, Sorte] = {
    sorte.code: sorte
    for sorte in (
        Sorte(
            "lieux",
            "territoire.actuelle",
            "Territoires",
            Lieux(),
            fiches.dans,
            registre.dans,
        ),
        Sorte(
            "autour",
            "territoire.potentielle",
            "Autour d’un lieu",
            Autour(),
            communs.autour,
            communs.autour,
            "À vol d’oiseau, de centre à centre des communes.",
        ),
        Sorte(
            "secteur",
            "secteur.secteur",
            "Secteurs",
            Codes(nomenclatures.choix_secteurs),
            communs.parmi("secteur"),
            communs.parmi("secteur"),
            "Au registre, le secteur est déduit de l’objet social ou du code NAF.",
        ),
        Sorte(
            "branche",
            "secteur.branche",
            "Branches",
            Codes(nomenclatures.branches_par_secteur),
            communs.parmi("branche"),
            communs.parmi("branche"),
        ),
        Sorte(
            "naf",
            "secteur.branche",
            "Codes NAF",
            Mots(),
            communs.naf("siren"),
            communs.naf("siren"),
            "Des débuts de code séparés par des points-virgules : « 90 ; 91.02 ».",
        ),
        Sorte(
            "objets",
            "secteur.branche",
            "Objets sociaux du RNA",
            Codes(_objets_sociaux),
            communs.objets_sociaux("rna"),
            communs.objets_sociaux("numero"),
        ),
        Sorte(
            "creation",
            "projet.histoire",
            "Créée",
            Intervalle(annees=True),
            communs.annee,
            communs.annee,
        ),
        Sorte(
            "accompagnee",
            "projet.histoire",
            "Déjà accompagnée",
            OuiNon(),
            fiches.accompagnee,
            aide="D’après les missions et parcours que vous voyez.",
        ),
        Sorte(
            "adherents",
            "projet.adherents",
            "Adhérents",
            Intervalle("adhérent"),
            fiches.chiffre("adherents"),
        ),
        Sorte(
            "forme",
            "projet.vie_associative",
            "Formes juridiques",
            Codes(nomenclatures.choix_categories),
            communs.parmi("categorie_juridique"),
            communs.parmi("categorie_juridique"),
            "Le statut donne le cadre ; la place que prennent les adhérents reste à vérifier.",
        ),
        Sorte(
            "objet",
            "projet.finalites",
            "Mots de l’activité",
            Mots(),
            fiches.objet,
            registre.objet,
            "Des mots séparés par des points-virgules, dont un suffit : « théâtre ; cirque ».",
        ),
        Sorte(
            "besoins",
            "projet.finalites",
            "Besoins dits",
            Codes(themes_par_famille),
            fiches.besoins,
            aide="Codés dans un diagnostic que mène votre DLA, ou dans un signal que vous lisez.",
        ),
        Sorte(
            "budget",
            "poids.budget",
            "Budget",
            Intervalle("€"),
            fiches.chiffre("budget"),
        ),
        Sorte(
            "effectif",
            "poids.emplois",
            "Postes",
            Intervalle("ETP"),
            fiches.chiffre("etp", "emplois"),
            registre.effectif,
            "En ETP, à défaut en emplois ; au registre, la tranche d’effectifs.",
        ),
        Sorte(
            "emploie",
            "competences.metiers",
            "Emploie en",
            Codes(_emplois),
            fiches.emploie,
        ),
    )
}
"""Dans l'ordre de la méthode, qui est aussi celui de la cascade."""


def sans_critere() -> list[methode.Element]:
    """Les sous-items de la méthode qui ne se calculent pas."""
    calcules = {sorte.sous_item for sorte in SORTES.values()}
    elements = [e for critere in methode.ciblage().criteres for e in critere.elements]
    return [element for element in elements if element.code not in calcules]


def lire(criteres: Mapping[str, Any]) -> tuple[Critere, ...]:
    """Les critères gardés, dans l'ordre de la méthode ; une sorte disparue est laissée."""
    return tuple(
        Critere(sorte, criteres[code]["valeur"], criteres[code]["inconnues"])
        for code, sorte in SORTES.items()
        if code in criteres
    )


def regles(criteres: Iterable[Critere]) -> tuple[Regle, ...]:
    return tuple(critere.regle for critere in criteres)
