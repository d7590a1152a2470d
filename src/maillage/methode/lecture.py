"""Du YAML aux dataclasses : un lecteur strict, guidé par les annotations.

Rien n'est deviné ni converti : une clé inconnue, un champ absent, un texte vide, un nombre là où
un texte est attendu sont refusés avec le fichier et le code de l'élément.
"""

import re
from collections.abc import Collection
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from functools import cache
from importlib.resources.abc import Traversable
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from .erreurs import MethodeInvalide
from .notions import Element

Sujet = TypeVar("Sujet")

_FORME_DU_CODE = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_NOMS = {str: "un texte", int: "un nombre entier", bool: "true ou false"}


class _Chargeur(yaml.CSafeLoader):
    """Le chargeur sûr de PyYAML, qui refuse en plus une clé écrite deux fois."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        vues = []
        for cle, _ in node.value:
            if cle.value in vues:
                probleme = f"clé « {cle.value} » écrite deux fois"
                raise yaml.MarkedYAMLError(problem=probleme, problem_mark=cle.start_mark)
            vues.append(cle.value)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True, slots=True)
class _Lieu:
    """Où l'on en est : fichier, code de l'élément, champ, source dont héritent les suivants."""

    fichier: str
    code: str
    champ: str = ""
    source: str = ""
    racine: bool = True

    def refus(self, raison: str) -> MethodeInvalide:
        precise = f"{self.champ} : {raison}" if self.champ else raison
        return MethodeInvalide(self.fichier, self.code, precise)

    def dans(self, code: str) -> "_Lieu":
        """Le lieu d'un élément emboîté dans celui-ci."""
        complet = code if self.racine else f"{self.code}.{code}"
        return replace(self, code=complet, champ="", racine=False)


def lire_sujet(dossier: Traversable, nom: str, classe: type[Sujet]) -> Sujet:
    """Lit ``<nom>.yaml`` dans ``dossier`` et en fait une ``classe``.

    Lève ``MethodeInvalide`` si le fichier manque, n'est pas du YAML ou n'a pas la forme voulue.
    """
    lieu = _Lieu(fichier=f"{nom}.yaml", code=nom)
    try:
        texte = dossier.joinpath(lieu.fichier).read_text(encoding="utf-8")
        donnee = yaml.load(texte, _Chargeur)  # noqa: S506 (c'est un chargeur sûr)
    except (OSError, UnicodeDecodeError):
        raise lieu.refus("fichier absent, ou illisible en UTF-8") from None
    except yaml.YAMLError as erreur:
        raise lieu.refus(f"YAML mal formé, {_dire(erreur)}") from None
    if not isinstance(donnee, dict) or "source" not in donnee:
        raise lieu.refus("la source du fichier n’est pas dite")
    sujet: Sujet = _construire(classe, donnee, lieu)
    return sujet


def _dire(erreur: yaml.YAMLError) -> str:
    if isinstance(erreur, yaml.MarkedYAMLError) and erreur.problem_mark:
        return f"ligne {erreur.problem_mark.line + 1} : {erreur.problem}"
    return str(erreur)


def _construire(attendu: Any, donnee: Any, lieu: _Lieu) -> Any:
    """Fait de ``donnee`` une valeur du type ``attendu``, ou refuse."""
    origine, arguments = get_origin(attendu), get_args(attendu)
    if origine is Annotated:
        return _construire(arguments[0], donnee, lieu)
    if origine in (Union, UnionType):
        choix = next(a for a in arguments if a is not NoneType)
        return None if donnee is None else _construire(choix, donnee, lieu)
    if origine is tuple:
        return _liste(arguments[0], donnee, lieu)
    if is_dataclass(attendu):
        return _objet(attendu, donnee, lieu)
    if type(donnee) is not attendu:
        raise lieu.refus(f"{_NOMS[attendu]} attendu, trouvé : {donnee!r}")
    if donnee == "":
        raise lieu.refus("texte vide")
    return donnee


def _liste(attendu: Any, donnee: Any, lieu: _Lieu) -> tuple[Any, ...]:
    if not isinstance(donnee, list):
        raise lieu.refus(f"une liste attendue, trouvé : {donnee!r}")
    elements = tuple(_construire(attendu, valeur, lieu) for valeur in donnee)
    cles = [element.code if isinstance(element, Element) else element for element in elements]
    if double := next((cle for cle in cles if cles.count(cle) > 1), None):
        raison = f"écrit deux fois dans « {lieu.champ} » de {lieu.code}"
        raise MethodeInvalide(lieu.fichier, str(double), raison)
    return elements


SITUES = ("code", "source")
"""Les champs que le lieu d'un objet dit déjà."""


def _objet(classe: Any, donnee: Any, lieu: _Lieu) -> Any:
    if not isinstance(donnee, dict):
        raise lieu.refus(f"des champs attendus, trouvé : {donnee!r}")
    champs = {champ.name: champ for champ in fields(classe)}
    lieu = _situer(champs, donnee, lieu)
    valeurs: dict[str, Any] = {nom: getattr(lieu, nom) for nom in SITUES if nom in champs}
    if inconnus := donnee.keys() - champs.keys() - {"source"}:
        raise lieu.refus(f"champ inconnu : {', '.join(sorted(map(str, inconnus)))}")
    for nom in [nom for nom in champs if nom not in valeurs]:
        if nom in donnee:
            attendu = types_des_champs(classe)[nom]
            valeurs[nom] = _construire(attendu, donnee[nom], replace(lieu, champ=nom))
        elif champs[nom].default is MISSING:
            raise lieu.refus(f"champ absent : {nom}")
    return classe(**valeurs)


def _situer(champs: Collection[str], donnee: dict[str, Any], lieu: _Lieu) -> _Lieu:
    """Le lieu d'un objet : son code s'il en porte un, sa source ou celle de ce qui le contient."""
    if "code" in champs:
        lieu = lieu.dans(_code(donnee.get("code"), lieu))
    if "source" in donnee:
        source = _construire(str, donnee["source"], replace(lieu, champ="source"))
        lieu = replace(lieu, source=source)
    return lieu


def _code(code: Any, lieu: _Lieu) -> str:
    if not isinstance(code, str) or not _FORME_DU_CODE.fullmatch(code):
        raise lieu.refus(f"code mal formé : {code!r} (minuscules sans accent, chiffres, - et _)")
    return code


@cache
def types_des_champs(classe: Any) -> dict[str, Any]:
    """Types des champs d'une dataclass, par nom, annotations de renvoi comprises."""
    return get_type_hints(classe, include_extras=True)
