"""Accueillir une structure : sa demande, son diagnostic partagé, son parcours."""

from dataclasses import dataclass

from .base import Element, Elements, VersDemarche


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
    """Les cinq sortes d'action d'un parcours d'accompagnement.

    `individuelle` : les démarches du cycle qu'une mission individuelle montre d'emblée ; les
    autres s'ouvrent à la demande (docs/decisions/0013).
    """

    sortes: Elements
    individuelle: tuple[VersDemarche, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NatureDeCharge(Element):
    """Ce que l'on compte dans l'année ; `unite` au singulier."""

    unite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """La liste versionnée de ce dont un opérateur et ses financeurs conviennent."""

    version: int
    natures: tuple[NatureDeCharge, ...]
