"""Les comptes de la méthode : ceux que l'on trouve, ceux que les sources fixent.

Un nombre est la longueur d'une liste du sujet ; une liste de nombres donne, élément par élément,
la longueur de la liste emboîtée de ce nom. ``ATTENDUS`` ne dit que ce qu'une source fixe.
"""

from dataclasses import fields
from itertools import chain
from typing import Any

from .notions import Element, Elements, Methode

ATTENDUS: dict[str, Any] = {
    "accueil": {"eligibilite": 4},
    "diagnostic": {"domaines": 8, "destinataires": 5},
    "parcours": {"sortes": 5},
    "cycle": {
        "etapes": 4,
        "demarches": 12,
        "points": 45,
        "points_par_demarche": [6, 5, 3, 4, 3, 3, 3, 3, 3, 3, 4, 5],
        "questions": 137,
        "questions_par_etape": [36, 31, 37, 33],
        "fiches": 9,
    },
    "signaux": {"sources": 6},
    "ciblage": {"criteres": 5, "elements": [2, 2, 4, 3, 3]},
    "postures": {"axes": 2, "poles": 4, "postures": 4, "risques": 3},
    "partenaires": {
        "familles": 4,
        "membres": [3, 2, 2, 2],
        "attentes": [4, 2, 3, 4],
        "verifications": 3,
    },
    "objectifs": {"strategiques": 4, "operationnels": 6, "communs": 5},
    "financement": {"familles": 7},
    "groupes": {"facteurs": 6, "vigilances": 4, "questions": 4, "methodes": 3},
    "ingenieries": {"types": 3, "formes": [0, 6, 3], "solutions": 3},
    "prestations": {"types": 7},
    "consultation": {"criteres": 4},
    "resultats": {
        "recueils": 3,
        "publics": 6,
        "manieres": 3,
        "questions": 30,
        "groupes": [10, 2, 4, 3, 4, 3, 2, 2],
        "cellules": {
            "structures": 19,
            "dla_regional": 12,
            "centre_ressources": 9,
            "prestataires": 15,
            "autres_partenaires": 10,
            "autoevaluation": 16,
        },
    },
    "evaluation": {"registres": 4, "questions": [2, 1, 2, 2]},
    "presentation": {"parties": 5, "rubriques": [4, 2, 2, 3, 4]},
    "capitalisation": {
        "natures": 3,
        "transferabilite": 2,
        "destinataires": 5,
        "responsables": 5,
    },
    "roles": {"dla_regional": 7, "centre_ressources": 2, "avise": 3},
    "accompagnements": {
        "types": 2,
        "formes": [2, 2],
        "vigilances": 6,
        "leviers": [7, 8],
        "freins": [4, 8],
        "pistes": [3, 3],
    },
    "themes": {"familles": 10, "themes": 45, "nationaux": 9},
}


def compter(methode: Methode) -> dict[str, dict[str, Any]]:
    """Les comptes de ``methode``, sujet par sujet."""
    comptes = {
        sujet.name: _compter_sujet(getattr(methode, sujet.name)) for sujet in fields(methode)
    }
    cycle, matrice = methode.cycle, methode.resultats
    comptes["cycle"] |= {
        "points_par_demarche": [len(demarche.points) for demarche in cycle.demarches],
        "questions_par_etape": [
            sum(len(point.questions) for demarche in etape.demarches for point in demarche.points)
            for etape in cycle.etapes
        ],
        "points_avec_fait": sum(point.fait is not None for point in cycle.points),
    }
    comptes["postures"]["risques"] = sum(p.risque is not None for p in methode.postures.postures)
    comptes["resultats"] |= {
        "groupes": [len(groupe.questions) for groupe in matrice.groupes],
        "cellules": {public.code: len(matrice.pour(public.code)) for public in matrice.publics},
    }
    return comptes


def listes(sujet: Any) -> dict[str, Elements]:
    """Les listes d'un sujet par leur nom ; les listes emboîtées de même nom sont mises bout à bout.

    Ainsi ``partenaires`` a ``familles``, et ``attentes`` qui réunit celles de chaque famille.
    """
    emboitees = {nom: tuple(chain(*sous)) for nom, sous in _sous_listes(sujet).items()}
    return _listes_directes(sujet) | emboitees


def _compter_sujet(sujet: Any) -> dict[str, Any]:
    directes = {nom: len(liste) for nom, liste in _listes_directes(sujet).items()}
    return directes | {
        nom: [len(liste) for liste in sous] for nom, sous in _sous_listes(sujet).items()
    }


def _listes_directes(sujet: Any) -> dict[str, Elements]:
    """Champs et propriétés du sujet qui sont des listes d'éléments."""
    noms = [champ.name for champ in fields(sujet)]
    noms += [nom for nom, valeur in vars(type(sujet)).items() if isinstance(valeur, property)]
    return {nom: getattr(sujet, nom) for nom in noms if _est_liste(getattr(sujet, nom))}


def _sous_listes(sujet: Any) -> dict[str, list[Elements]]:
    """Listes contenues dans celles du sujet, à toute profondeur, sauf si le sujet a déjà ce nom."""
    directes = _listes_directes(sujet)
    champs = {champ.name for champ in fields(sujet)}
    trouvees: dict[str, list[Elements]] = {}
    for nom in directes:
        if nom in champs:
            trouvees |= _descendre(directes[nom])
    return {nom: sous for nom, sous in trouvees.items() if nom not in directes}


def _descendre(elements: Elements) -> dict[str, list[Elements]]:
    trouvees: dict[str, list[Elements]] = {}
    for champ in fields(elements[0]) if elements else ():
        sous = [getattr(element, champ.name) for element in elements]
        if all(map(_est_liste, sous)) and any(sous):
            trouvees |= {champ.name: sous} | _descendre(tuple(chain(*sous)))
    return trouvees


def _est_liste(valeur: Any) -> bool:
    return isinstance(valeur, tuple) and all(isinstance(element, Element) for element in valeur)
