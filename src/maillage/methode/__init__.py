"""La méthode du DLA, en données : ce que les autres pièces lisent et proposent.

Les données sont les fichiers ``donnees/*.yaml``, lus une fois et contrôlés à la première lecture.
Chaque sujet a sa fonction (``methode.cycle()``, ``methode.partenaires()``…) ; toute liste a
un nom, ``sujet.liste``, que comprennent ``liste``, ``choix``, ``element`` et ``libelle``. Une liste
emboîtée a le sien aussi : ``partenaires.attentes`` réunit les attentes de toutes les familles.
"""

from functools import cache
from importlib.resources import files

from . import notions
from .chargement import charger, charger_grilles
from .comptes import compter, listes
from .erreurs import MethodeInvalide
from .lexique import charger_lexique
from .notions import Element, Methode, Point

__all__ = [
    "Element",
    "Methode",
    "MethodeInvalide",
    "accompagnements",
    "accueil",
    "capitalisation",
    "charge",
    "charger",
    "choix",
    "ciblage",
    "compter",
    "consultation",
    "cycle",
    "diagnostic",
    "element",
    "evaluation",
    "faits",
    "financement",
    "grille_de_diagnostic",
    "grilles_de_diagnostic",
    "groupes",
    "ingenieries",
    "lexique_des_besoins",
    "libelle",
    "liste",
    "matrice",
    "noms_des_listes",
    "objectifs",
    "parcours",
    "partenaires",
    "point",
    "postures",
    "presentation",
    "prestations",
    "roles",
    "signaux",
    "themes",
    "toute",
    "vocabulaire",
]


@cache
def toute() -> Methode:
    """La méthode livrée avec le logiciel."""
    return charger(files(__name__) / "donnees")


@cache
def lexique_des_besoins() -> notions.Lexique:
    """Comment les gens parlent de chaque thème, et les besoins ordinaires sous chacun.

    Lu à part, quand on code ou regroupe des besoins : les pages n'en ont pas l'usage.
    """
    return charger_lexique(files(__name__) / "donnees", themes())


@cache
def _listes() -> dict[str, dict[str, Element]]:
    return {
        f"{sujet}.{nom}": {element.code: element for element in elements}
        for sujet in Methode.__dataclass_fields__
        for nom, elements in listes(getattr(toute(), sujet)).items()
    }


def noms_des_listes() -> list[str]:
    """Tous les noms que ``liste``, ``choix``, ``element`` et ``libelle`` acceptent."""
    return list(_listes())


def liste(nom: str) -> tuple[Element, ...]:
    """Les éléments de la liste ``sujet.liste`` ; ``KeyError`` si elle n'existe pas."""
    return tuple(_listes()[nom].values())


def choix(nom: str) -> list[tuple[str, str]]:
    """Les couples (code, libellé) d'une liste, pour le champ d'un formulaire."""
    return [(element.code, element.libelle) for element in _listes()[nom].values()]


def element(nom: str, code: str) -> Element:
    """L'élément ``code`` de la liste ``nom`` ; ``KeyError`` si l'un des deux n'existe pas."""
    return _listes()[nom][code]


def libelle(nom: str, code: str) -> str:
    """Le libellé de ``code``, ou ``code`` lui-même s'il a quitté la nomenclature."""
    trouve = _listes()[nom].get(code)
    return trouve.libelle if trouve else code


def point(code: str) -> Point:
    """Le point du cycle ``étape.démarche.point`` ; ``KeyError`` s'il n'existe pas."""
    return {point.code: point for point in cycle().points}[code]


def accueil() -> notions.Accueil:
    """Comment une structure arrive au DLA, et les points de son éligibilité."""
    return toute().accueil


def diagnostic() -> notions.Diagnostic:
    """La grille du diagnostic partagé : huit domaines, et ses destinataires (règle 3)."""
    return toute().diagnostic


@cache
def grilles_de_diagnostic() -> dict[int, notions.Diagnostic]:
    """Les grilles par version, celle en service comprise."""
    return charger_grilles(files(__name__) / "donnees")


def grille_de_diagnostic(version: int) -> notions.Diagnostic:
    """La grille d'un diagnostic ouvert en cette version ; celle en service si elle est perdue."""
    return grilles_de_diagnostic().get(version, diagnostic())


def parcours() -> notions.Parcours:
    """Les cinq sortes d'action d'un parcours, et le cycle court d'une mission individuelle."""
    return toute().parcours


def charge() -> notions.Charge:
    """Ce sur quoi un opérateur convient d'objectifs avec ses financeurs (version de la liste)."""
    return toute().charge


def cycle() -> notions.Cycle:
    """Les 4 étapes, 12 démarches, 45 points et 137 questions (S3, fiches 1/4 à 4/4)."""
    return toute().cycle


def faits() -> notions.Faits:
    """Ce que le logiciel sait constater et qui remplit un point du cycle."""
    return toute().faits


def signaux() -> notions.Signaux:
    """Les six sources d'un signal (S3, fiche 1/4)."""
    return toute().signaux


def ciblage() -> notions.Ciblage:
    """Les cinq critères de ciblage (S3, fiche 4)."""
    return toute().ciblage


def postures() -> notions.Postures:
    """Les quatre postures du DLA sur deux axes (S1)."""
    return toute().postures


def partenaires() -> notions.Partenaires:
    """Familles, attentes usuelles, vérifications d'intérêt (S3, fiche 3)."""
    return toute().partenaires


def objectifs() -> notions.Objectifs:
    """Objectifs stratégiques et opérationnels (S3, fiche 5)."""
    return toute().objectifs


def financement() -> notions.Financement:
    """Financements complémentaires (S3, fiche 7) et montages publiés (S1)."""
    return toute().financement


def groupes() -> notions.Groupes:
    """Profil, vigilances et méthodes de constitution des groupes (S3, S1)."""
    return toute().groupes


def ingenieries() -> notions.Ingenieries:
    """Types d'ingénierie et aide au choix (S3, fiche 2)."""
    return toute().ingenieries


def prestations() -> notions.Prestations:
    """Nomenclature des types de prestation (S3, fiche 5)."""
    return toute().prestations


def consultation() -> notions.Consultation:
    """Critères de choix d'un prestataire (S3, fiche 3/4)."""
    return toute().consultation


def matrice() -> notions.Matrice:
    """La matrice des résultats, sujet ``resultats`` (S3, fiche 6)."""
    return toute().resultats


def evaluation() -> notions.Evaluation:
    """Les quatre registres d'évaluation (S3, fiche 4/4)."""
    return toute().evaluation


def presentation() -> notions.Presentation:
    """La grille de présentation (S3, fiche 5)."""
    return toute().presentation


def capitalisation() -> notions.Capitalisation:
    """Natures, destinataires, responsables et formes du transfert (S3, fiche 4/4)."""
    return toute().capitalisation


def roles() -> notions.Roles:
    """Ce qu'apportent DLA régional, centres de ressources et Avise (S3, fiche 1)."""
    return toute().roles


def accompagnements() -> notions.Accompagnements:
    """Formes, vigilances et bilans de l'accompagnement collectif (S1)."""
    return toute().accompagnements


def themes() -> notions.Themes:
    """Nomenclature des thèmes de besoin et thèmes nationaux."""
    return toute().themes


def vocabulaire() -> notions.Vocabulaire:
    """Les noms d'époque et ceux d'aujourd'hui."""
    return toute().vocabulaire
