"""La ventilation d'un bilan : ses lignes, leur ordre, leur graphique."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.annuaire import nomenclatures
from maillage.piloter.bilan.chiffres import Case, cases
from maillage.piloter.bilan.demande import Demande
from maillage.piloter.bilan.liens import filtres_de
from maillage.piloter.bilan.requete import NON_DIT, PLUS_LARGE
from maillage.piloter.calculs.bilan import Annee, Cellule
from maillage.socle import graphiques

DESSINEES = 10
TITRES = {
    "annee": "Par année",
    "operateur": "Par DLA",
    "region": "Par région",
    "departement": "Par département",
    "secteur": "Par secteur",
}
A_SAVOIR = {
    "operateur": "Une mission menée par plusieurs DLA compte une fois au total, et chez chacun "
    "d’eux ici : la somme des lignes peut dépasser le total.",
    "region": "Une mission sur plusieurs territoires compte une fois au total, et sur chacun "
    "d’eux ici : la somme des lignes peut dépasser le total.",
    "secteur": "Une structure nommée dans deux secteurs compte une fois au total.",
    "annee": "Une structure touchée deux années compte une fois au total.",
}
A_SAVOIR["departement"] = A_SAVOIR["region"]


@dataclass(frozen=True, slots=True)
class Ligne:
    """Une ligne d'une ventilation, prête à lire."""

    cellule: Cellule
    nom: str
    url: str
    cases: Sequence[tuple[str, Case]]


def ligne(d: Demande, cellule: Cellule) -> Ligne:
    """Son nom mène au bilan de cette seule ligne, quand le bilan sait la choisir."""
    filtres = filtres_de(d.axe, cellule)
    choisie = cellule.cle not in (NON_DIT, PLUS_LARGE) or d.axe == "annee"
    return Ligne(
        cellule,
        nommer(d.axe, cellule),
        d.liens.page(**filtres) if choisie else "",
        cases(d.liens.avec(filtres), cellule),
    )


def ranger(d: Demande) -> list[Cellule]:
    """Les années à rebours, le reste par nombre de missions ; ce qui n'est pas dit à la fin."""
    a_part = (NON_DIT, PLUS_LARGE)
    if d.axe == "annee":
        return sorted(d.bilan.lignes, key=lambda c: (c.cle not in a_part, c.cle), reverse=True)
    return sorted(d.bilan.lignes, key=lambda c: (c.cle in a_part, -c.missions, nommer(d.axe, c)))


def nommer(axe: str, cellule: Cellule) -> str:
    """Le nom d'une ligne de la ventilation."""
    if cellule.cle == PLUS_LARGE:
        return "Territoire plus large"
    if cellule.cle == NON_DIT:
        return "Année non dite par la source" if axe == "annee" else "Non dit"
    if axe == "secteur":
        return nomenclatures.SECTEURS.libelle(cellule.cle)
    if axe == "annee":
        return cellule.cle
    return (
        cellule.libelle.rpartition(" (")[0] if axe in ("region", "departement") else cellule.libelle
    )


def graphique_des_annees(annees: Sequence[Annee]) -> str:
    """Vide s'il n'y a pas deux années à comparer."""
    dites = [a for a in reversed(annees) if a.annee]
    if len(dites) < 2:
        return ""
    return graphiques.colonnes(
        "g-annees",
        "Missions menées par année",
        f"De {dites[0].annee} à {dites[-1].annee} ; les nombres sont dans le tableau.",
        [str(a.annee) for a in dites],
        ("toutes", [a.missions for a in dites]),
        ("collectives", [a.collectives for a in dites]),
    )


def graphique_de_ventilation(d: Demande, lignes: Sequence[Cellule]) -> str:
    """Les premières lignes en barres ; les années, elles, se dessinent dans l'ordre."""
    dessinees = [c for c in lignes if c.missions][:DESSINEES]
    if d.axe == "annee":
        return graphique_des_annees(d.bilan.annees)
    if len(dessinees) < 2:
        return ""
    titre = f"Missions menées {TITRES[d.axe].lower()}"
    return graphiques.barres(
        "g-ventilation",
        titre
        if len(dessinees) == len(lignes)
        else f"{titre} : les {len(dessinees)} premières lignes",
        "Les nombres sont dans le tableau.",
        [nommer(d.axe, c) for c in dessinees],
        ("toutes", [c.missions for c in dessinees]),
        ("collectives", [c.collectives for c in dessinees]),
    )
