"""Lire toute la méthode et ne la rendre que si elle se tient."""

from importlib.resources.abc import Traversable
from typing import get_type_hints

from .controle import controler
from .erreurs import MethodeInvalide
from .lecture import lire_sujet
from .notions import Diagnostic, Methode


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


def charger_grilles(dossier: Traversable) -> dict[int, Diagnostic]:
    """Toutes les grilles du diagnostic, par version : celle en service, et les anciennes.

    Une grille remplacée se garde dans ``anciennes/diagnostic-<version>.yaml`` : un diagnostic
    montre toujours les domaines et les questions de son jour. Lève ``MethodeInvalide``.
    """
    en_service = lire_sujet(dossier, "diagnostic", Diagnostic)
    grilles = {en_service.version: en_service}
    anciennes = dossier / "anciennes"
    fichiers = sorted(f.name for f in anciennes.iterdir()) if anciennes.is_dir() else []
    for nom in fichiers:
        if not nom.startswith("diagnostic-"):
            continue
        grille = lire_sujet(anciennes, nom.removesuffix(".yaml"), Diagnostic)
        if nom != f"diagnostic-{grille.version}.yaml" or grille.version >= en_service.version:
            raison = f"la version {grille.version} est déjà prise, ou n’est pas celle du fichier"
            raise MethodeInvalide(f"anciennes/{nom}", "diagnostic", raison)
        grilles[grille.version] = grille
    return grilles
