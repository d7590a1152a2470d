"""Les notions de la méthode : une classe par sujet, un sujet par fichier YAML."""

from dataclasses import dataclass

from .accueillir import Accueil, Charge, Diagnostic, Parcours
from .base import Element, Elements, Vers
from .conclure import Capitalisation, Evaluation, Matrice, Presentation
from .cycle import Cycle, Faits, Point
from .lexique import Lexique
from .preparer import (
    Ciblage,
    Consultation,
    Financement,
    Groupes,
    Ingenieries,
    Objectifs,
    Partenaires,
    Postures,
    Prestations,
    Signaux,
)
from .reperes import Accompagnements, Roles, Themes, Vocabulaire


@dataclass(frozen=True, slots=True, kw_only=True)
class Methode:
    """La méthode entière : chaque champ est un sujet, lu dans le fichier du même nom."""

    accueil: Accueil
    diagnostic: Diagnostic
    parcours: Parcours
    charge: Charge
    cycle: Cycle
    faits: Faits
    signaux: Signaux
    ciblage: Ciblage
    postures: Postures
    partenaires: Partenaires
    objectifs: Objectifs
    financement: Financement
    groupes: Groupes
    ingenieries: Ingenieries
    prestations: Prestations
    consultation: Consultation
    resultats: Matrice
    evaluation: Evaluation
    presentation: Presentation
    capitalisation: Capitalisation
    roles: Roles
    accompagnements: Accompagnements
    themes: Themes
    vocabulaire: Vocabulaire


__all__ = [
    "Accompagnements",
    "Accueil",
    "Capitalisation",
    "Charge",
    "Ciblage",
    "Consultation",
    "Cycle",
    "Diagnostic",
    "Element",
    "Elements",
    "Evaluation",
    "Faits",
    "Financement",
    "Groupes",
    "Ingenieries",
    "Lexique",
    "Matrice",
    "Methode",
    "Objectifs",
    "Parcours",
    "Partenaires",
    "Point",
    "Postures",
    "Presentation",
    "Prestations",
    "Roles",
    "Signaux",
    "Themes",
    "Vers",
    "Vocabulaire",
]
