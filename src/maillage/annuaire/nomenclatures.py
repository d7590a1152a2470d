"""Nomenclatures de l'annuaire, lues une fois dans `donnees/` : codes stables, libellés libres."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DOSSIER = Path(__file__).parent / "donnees"


@dataclass(frozen=True, slots=True)
class Entree:
    """Une ligne d'une nomenclature ; `parent` est le secteur d'une branche, `ess` un statut ESS."""

    code: str
    libelle: str
    parent: str = ""
    ess: bool = False


class Nomenclature(Mapping[str, Entree]):
    """Une liste fermée, dans l'ordre de son fichier."""

    def __init__(self, entrees: Iterator[Entree]) -> None:
        self._par_code: dict[str, Entree] = {}
        for entree in entrees:
            if entree.code in self._par_code:
                raise ValueError(f"Le code {entree.code} figure deux fois dans la nomenclature.")
            self._par_code[entree.code] = entree

    def __getitem__(self, code: str) -> Entree:
        return self._par_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._par_code)

    def __len__(self) -> int:
        return len(self._par_code)

    def libelle(self, code: str) -> str:
        """Le libellé, ou le code lui-même s'il est d'une autre version de la nomenclature."""
        entree = self._par_code.get(code)
        return entree.libelle if entree else code

    def choix(self) -> list[tuple[str, str]]:
        return [(e.code, e.libelle) for e in self._par_code.values()]


def lire(fichier: str) -> Any:
    """Une nomenclature de `donnees/`, telle qu'écrite."""
    return yaml.safe_load((DOSSIER / fichier).read_text(encoding="utf-8"))


_SECTEURS = lire("secteurs.yaml")["secteurs"]

SECTEURS = Nomenclature(Entree(s["code"], s["libelle"]) for s in _SECTEURS)
BRANCHES = Nomenclature(
    Entree(b["code"], b["libelle"], parent=s["code"]) for s in _SECTEURS for b in s["branches"]
)
CATEGORIES_JURIDIQUES = Nomenclature(
    Entree(str(c["code"]), c["libelle"], ess=c.get("ess", False))
    for c in lire("categories_juridiques.yaml")["categories"]
)


def choix_secteurs() -> list[tuple[str, str]]:
    """Nommé pour que les migrations s'y réfèrent : récrire un libellé n'en demande pas une."""
    return SECTEURS.choix()


def choix_branches() -> list[tuple[str, str]]:
    return BRANCHES.choix()


def branches_par_secteur() -> list[tuple[str, list[tuple[str, str]]]]:
    """Les branches groupées sous le libellé de leur secteur, pour une liste de choix."""
    return [
        (s.libelle, [(b.code, b.libelle) for b in BRANCHES.values() if b.parent == s.code])
        for s in SECTEURS.values()
    ]


def choix_categories() -> list[tuple[str, str]]:
    return CATEGORIES_JURIDIQUES.choix()
