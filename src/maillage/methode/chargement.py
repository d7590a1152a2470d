"""Lire toute la méthode et ne la rendre que si elle se tient."""

from importlib.resources.abc import Traversable
from typing import get_type_hints

from .controle import controler
from .lecture import lire_sujet
from .notions import Methode


def charger(dossier: Traversable) -> Methode:
    """La méthode écrite dans ``dossier``, un fichier YAML par sujet.

    Lève ``MethodeInvalide`` (fichier, code, raison) à la première faute : forme, code en double,
    renvoi sans cible, compte qui n'est pas celui des sources.
    """
    sujets = {
        nom: lire_sujet(dossier, nom, classe) for nom, classe in get_type_hints(Methode).items()
    }
    methode = Methode(**sujets)
    controler(methode)
    return methode
