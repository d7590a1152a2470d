"""Accueillir une structure : sa demande, son diagnostic partagé, son parcours."""

from dataclasses import dataclass

from .base import Element, Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Accueil:
    """Comment une structure arrive, et ce qui la rend éligible."""

    canaux: Elements
    eligibilite: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Domaine(Element):
    """Un domaine du diagnostic ; ses questions forment la forme complète."""

    questions: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """La grille versionnée du diagnostic partagé, et les catégories de ses destinataires."""

    version: int
    domaines: tuple[Domaine, ...]
    destinataires: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcours:
    """Les cinq sortes d'action d'un parcours d'accompagnement."""

    sortes: Elements
