"""Lire un cas en YAML sans perdre où chaque chose est écrite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


class CasRefuse(Exception):
    """Un cas que l'on ne charge pas : quel fichier, quelle ligne, quel champ, pourquoi."""

    def __init__(self, fichier: str, ligne: int, champ: str, raison: str) -> None:
        super().__init__(f"{fichier}, ligne {ligne}, {champ} : {raison}")
        self.fichier, self.ligne, self.champ, self.raison = fichier, ligne, champ, raison


class Table(dict[str, Any]):
    """Une table YAML qui sait à quelle ligne commence chacune de ses clés."""

    def __init__(self, ligne: int) -> None:
        super().__init__()
        self.ligne = ligne
        self.lignes: dict[str, int] = {}

    def ou(self, cle: str) -> int:
        return self.lignes.get(cle, self.ligne)


class _Lecteur(yaml.SafeLoader):
    """Chargeur sûr dont les tables sont des `Table` ; une clé répétée est refusée."""


def _table(lecteur: _Lecteur, noeud: yaml.MappingNode) -> Table:
    table = Table(noeud.start_mark.line + 1)
    for cle_yaml, valeur in noeud.value:
        cle = str(lecteur.construct_object(cle_yaml, deep=True))
        if cle in table:
            raise yaml.constructor.ConstructorError(
                None, None, f"la clé « {cle} » est écrite deux fois", cle_yaml.start_mark
            )
        table.lignes[cle] = cle_yaml.start_mark.line + 1
        table[cle] = lecteur.construct_object(valeur, deep=True)
    return table


_Lecteur.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _table)


def lire(chemin: Path) -> Table:
    """Le contenu d'un fichier de cas. Lève `CasRefuse` s'il n'est pas lisible."""
    try:
        contenu = yaml.load(chemin.read_text(encoding="utf-8"), _Lecteur)  # noqa: S506
    except (OSError, UnicodeDecodeError) as erreur:
        raise CasRefuse(chemin.name, 1, "fichier", f"il ne s’ouvre pas ({erreur}).") from erreur
    except yaml.MarkedYAMLError as erreur:
        ligne = erreur.problem_mark.line + 1 if erreur.problem_mark else 1
        raise CasRefuse(chemin.name, ligne, "YAML", f"{erreur.problem}.") from erreur
    if not isinstance(contenu, Table):
        raise CasRefuse(chemin.name, 1, "fichier", "il doit contenir les rubriques d’un cas.")
    return contenu
