"""Lire un cas en YAML sans perdre où chaque chose est écrite."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import yaml

POIDS = 1024 * 1024
"""Octets au plus : le plus long des cas livrés en pèse vingt mille."""
PROFONDEUR = 12
"""Emboîtements au plus : un cas n'en a pas plus de six."""


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
    """Chargeur sûr dont les tables sont des `Table` ; une clé répétée est refusée.

    Un renvoi (« *nom ») aussi : dix lignes de renvois emboîtés en écrivent des milliards.
    """

    profondeur = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        marque = self.peek_event().start_mark
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "écrivez le texte, sans renvoi", marque)
        if self.profondeur == PROFONDEUR:
            raise yaml.composer.ComposerError(None, None, "trop d’emboîtements", marque)
        self.profondeur += 1
        noeud = super().compose_node(parent, index)
        self.profondeur -= 1
        return noeud

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """Une valeur que Python ne sait pas tenir (31 février, infini) se refuse à sa ligne."""
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, TypeError, OverflowError) as erreur:
            raison = f"« {str(node.value)[:40]} » ne se lit pas"
            raise yaml.constructor.ConstructorError(None, None, raison, node.start_mark) from erreur


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


def _texte(lecteur: _Lecteur, noeud: yaml.ScalarNode) -> str:
    """Un texte que la base sait garder : ni octet nul, ni caractère de commande."""
    texte = str(lecteur.construct_scalar(noeud))
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in texte):
        raise yaml.constructor.ConstructorError(
            None, None, "un caractère ne s’écrit pas", noeud.start_mark
        )
    return texte


_Lecteur.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _table)
_Lecteur.add_constructor(yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG, _texte)


def lire(chemin: Path) -> Table:
    """Le contenu d'un fichier de cas. Lève `CasRefuse` s'il n'est pas lisible."""
    try:
        if chemin.stat().st_size > POIDS:
            raise CasRefuse(chemin.name, 1, "fichier", "il dépasse un mégaoctet.")
        contenu = yaml.load(chemin.read_text(encoding="utf-8"), _Lecteur)  # noqa: S506
    except (OSError, UnicodeDecodeError) as erreur:
        raise CasRefuse(chemin.name, 1, "fichier", f"il ne s’ouvre pas ({erreur}).") from erreur
    except yaml.MarkedYAMLError as erreur:
        ligne = erreur.problem_mark.line + 1 if erreur.problem_mark else 1
        raise CasRefuse(chemin.name, ligne, "YAML", f"{erreur.problem}.") from erreur
    except yaml.YAMLError as erreur:
        raison = "il contient un caractère qui ne s’écrit pas."
        raise CasRefuse(chemin.name, 1, "YAML", raison) from erreur
    if not isinstance(contenu, Table):
        raise CasRefuse(chemin.name, 1, "fichier", "il doit contenir les rubriques d’un cas.")
    return contenu
