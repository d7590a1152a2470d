"""Où vivent les associations fabriquées : les communes officielles que le produit porte.

Un arrondissement municipal compte comme une commune (le RNA code Paris par arrondissement). Les
départements 57, 67 et 68 manquent : l'Alsace-Moselle a son propre droit des associations.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any

from maillage.territoires.decoupage import lire_fichier

ALSACE_MOSELLE = frozenset({"57", "67", "68"})
OUTRE_MER = {"971": "9G", "972": "9M", "973": "9C", "974": "9R", "975": "9S", "976": "9T"}
HORS_RNA = ALSACE_MOSELLE | {"977", "978", "984", "986", "987", "988", "989"}
_ARTICLES = {"Le ": "du ", "Les ": "des ", "La ": "de La ", "L'": "de L'"}
_ELIDEES = "AEIOUYÂÉÈÊÎ"


@dataclass(frozen=True, slots=True)
class Lieu:
    """Une commune ; `greffe` est le début du numéro RNA (« 632 » pour W632…).

    `nom` sert aux noms d'associations (« Paris 14e »), `libelle` à l'adresse (« Paris ») ;
    `anciens` : les communes déléguées ou associées (code, nom) dont l'adresse se dit encore.
    """

    code: str
    nom: str
    libelle: str
    de: str
    code_postal: str
    greffe: str
    anciens: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Departement:
    """Ses lieux et leurs poids cumulés ; `rang` le distingue dans les numéros SIREN."""

    code: str
    rang: int = 0
    lieux: list[Lieu] = field(default_factory=list)
    populations: list[int] = field(default_factory=list)
    cumul: list[float] = field(default_factory=list)

    @property
    def poids(self) -> int:
        return sum(self.populations)


@lru_cache(maxsize=1)
def departements() -> tuple[Departement, ...]:
    """Ceux du RNA, dans l'ordre des codes ; les petites communes pèsent plus que leur part."""
    lus = lire_fichier("communes")
    anciens: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for lu in lus:
        if lu["type"] in ("commune-deleguee", "commune-associee") and lu["chefLieu"] != lu["code"]:
            anciens[lu["chefLieu"]].append((lu["code"], _latin(lu["nom"])))
    decoupees = {lu["commune"] for lu in lus if lu["type"] == "arrondissement-municipal"}
    par_code: dict[str, Departement] = {}
    for lu in lus:
        if _habitee(lu) and lu["code"] not in decoupees:
            departement = par_code.setdefault(lu["departement"], Departement(lu["departement"]))
            departement.lieux.append(_lieu(lu, tuple(anciens[lu["code"]])))
            departement.populations.append(lu["population"])
    rendus = tuple(par_code[code] for code in sorted(par_code))
    for rang, departement in enumerate(rendus):
        departement.rang = rang
        departement.cumul = list(accumulate(p**0.85 for p in departement.populations))
    return rendus


def repartir(lignes: int) -> list[tuple[Departement, int]]:
    """Les lignes de chaque département, selon sa population (plus forts restes)."""
    tous = departements()
    total = sum(d.poids for d in tous)
    parts = [(d, divmod(lignes * d.poids, total)) for d in tous]
    reste = lignes - sum(entier for _, (entier, _) in parts)
    servis = {
        d.code for d, _ in sorted(parts, key=lambda part: (-part[1][1], part[0].code))[:reste]
    }
    return [(d, entier + (d.code in servis)) for d, (entier, _) in parts]


def _habitee(lu: dict[str, Any]) -> bool:
    return (
        lu["type"] in ("commune-actuelle", "arrondissement-municipal")
        and lu.get("departement") not in HORS_RNA
        and bool(lu.get("codesPostaux"))
        and lu.get("population", 0) > 0
    )


def _lieu(lu: dict[str, Any], anciens: tuple[tuple[str, str], ...]) -> Lieu:
    nom = _latin(lu["nom"]).removesuffix(" Arrondissement")
    departement = lu["departement"]
    greffe = lu.get("arrondissement") or f"{departement}1"
    if departement in OUTRE_MER:
        greffe = OUTRE_MER[departement] + greffe[-1]
    libelle = nom.partition(" ")[0] if "commune" in lu else nom
    return Lieu(lu["code"], nom, libelle, de(nom), lu["codesPostaux"][0], greffe, anciens)


def _latin(nom: str) -> str:
    """Sans les ligatures que l'ISO-8859-1 de 2018 ne sait pas écrire."""
    return nom.replace("Œ", "Oe").replace("œ", "oe")


def de(nom: str) -> str:
    """« de Lyon », « d'Amiens », « du Mans », « des Ulis », « de La Rochelle »."""
    for article, lie in _ARTICLES.items():
        if nom.startswith(article):
            return lie + nom[len(article) :]
    return f"d'{nom}" if nom[0] in _ELIDEES else f"de {nom}"
