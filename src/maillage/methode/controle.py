"""Ce qui doit être vrai de la méthode entière : renvois et comptes."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, get_args, get_origin

from .comptes import ATTENDUS, compter
from .erreurs import MethodeInvalide
from .lecture import types_des_champs
from .notions import Element, Methode, Vers


def controler(methode: Methode) -> None:
    """Lève ``MethodeInvalide`` au premier renvoi sans cible ou compte faux."""
    for sujet in fields(methode):
        _controler_renvois(methode, sujet.name)
    _controler_comptes(compter(methode), ATTENDUS)


def _controler_renvois(methode: Methode, sujet: str) -> None:
    for element in _elements(getattr(methode, sujet)):
        for champ, code, cible in _renvois(element):
            if code not in {e.code for e in _liste(methode, cible)}:
                raison = f"{champ} : « {code} » n’est pas dans {cible}"
                raise MethodeInvalide(f"{sujet}.yaml", element.code, raison)


def _liste(methode: Methode, nom: str) -> tuple[Element, ...]:
    """La liste nommée ``sujet.liste``, par exemple ``partenaires.familles``."""
    sujet, _, attribut = nom.partition(".")
    elements: tuple[Element, ...] = getattr(getattr(methode, sujet), attribut)
    return elements


def _elements(objet: Any) -> Iterator[Element]:
    """Tous les éléments contenus dans ``objet``, à toute profondeur."""
    if isinstance(objet, Element):
        yield objet
    if is_dataclass(objet):
        for champ in fields(objet):
            yield from _elements(getattr(objet, champ.name))
    elif isinstance(objet, tuple):
        for valeur in objet:
            yield from _elements(valeur)


def _renvois(element: Element) -> Iterator[tuple[str, str, str]]:
    """Les renvois d'un élément : champ, code visé, liste où il doit se trouver."""
    classe: Any = type(element)
    for champ, type_ in types_des_champs(classe).items():
        valeur = getattr(element, champ)
        codes = valeur if isinstance(valeur, tuple) else (valeur,)
        for cible in _cibles(type_):
            yield from ((champ, code, cible) for code in codes if code is not None)


def _cibles(type_: Any) -> Iterator[str]:
    if get_origin(type_) is Annotated:
        yield from (marque.liste for marque in type_.__metadata__ if isinstance(marque, Vers))
    for argument in get_args(type_):
        yield from _cibles(argument)


def _controler_comptes(trouves: Any, attendus: Any, chemin: str = "") -> None:
    if isinstance(attendus, dict):
        for cle, attendu in attendus.items():
            _controler_comptes(trouves.get(cle, 0), attendu, f"{chemin}.{cle}" if chemin else cle)
    elif trouves != attendus:
        sujet = chemin.partition(".")[0]
        raise MethodeInvalide(f"{sujet}.yaml", chemin, f"{attendus} attendus, {trouves} trouvés")
