"""Lire un problème écrit en JSON.

Les structures et les groupes se nomment par
leur rang, à partir de 0 :

- ``n`` : nombre de structures ; ``groupes`` : ``[{"min": 3, "max": 8}, …]`` ;
- ``affinites`` : ``[[i, j, poids], …]``, réels, plus grand vaut mieux, 0 pour une paire tue ;
- ``preferences`` : ``[[i, groupe, poids], …]`` ;
- ``ensemble`` et ``incompatibles`` : ``[[i, j], …]`` ;
- ``moteurs`` : ``[i, …]`` et ``moteur_poids``, gagné par chaque groupe qui en a au moins un ;
- ``facultatif`` : ce que coûte une structure laissée dehors ; null, toutes doivent être placées.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from math import isfinite
from typing import Any

import numpy as np

from maillage.confirmer.calculs.groupes.probleme import Matrice, Probleme

AU_PLUS = 2000


class ProblemeInvalide(ValueError):
    """Le fichier ne décrit pas un problème ; le message dit où et comment le réparer."""


def lire(texte: str) -> Probleme:
    """Le problème d'un texte JSON. Lève `ProblemeInvalide`."""
    try:
        donnees = json.loads(texte)
    except json.JSONDecodeError as faute:
        raise ProblemeInvalide(
            f"Ce n’est pas du JSON : ligne {faute.lineno}, {faute.msg}."
        ) from None
    if not isinstance(donnees, dict):
        raise ProblemeInvalide("Le fichier doit contenir un objet JSON, entre accolades.")
    if inconnus := sorted(set(donnees) - _CLES):
        raise ProblemeInvalide(f"Clé inconnue : {', '.join(inconnus)}.")
    return _poser(donnees)


_CLES = {
    *("n", "groupes", "affinites", "preferences", "ensemble", "incompatibles"),
    *("moteurs", "moteur_poids", "facultatif"),
}


def _poser(donnees: dict[str, Any]) -> Probleme:
    n = _entier(donnees.get("n"), "n", 1, AU_PLUS)
    minima, maxima = _effectifs(donnees.get("groupes"))
    m = len(minima)
    facultatif = donnees.get("facultatif")
    return Probleme(
        affinites=_affinites(_triplets(donnees, "affinites", n, n), n),
        preferences=_preferences(_triplets(donnees, "preferences", n, m), n, m),
        minima=np.array(minima),
        maxima=np.array(maxima),
        ensemble=_paires(donnees, "ensemble", n),
        incompatibles=_paires(donnees, "incompatibles", n),
        moteurs=frozenset(_entier(i, "moteurs", 0, n - 1) for i in _liste(donnees, "moteurs")),
        moteur_poids=_reel(donnees.get("moteur_poids", 0), "moteur_poids"),
        facultatif=None if facultatif is None else _reel(facultatif, "facultatif"),
    )


def _effectifs(groupes: Any) -> tuple[list[int], list[int]]:
    if not isinstance(groupes, list) or not groupes:
        raise ProblemeInvalide("groupes : une liste d’au moins un groupe est attendue.")
    minima, maxima = [], []
    for rang, dit in enumerate(groupes):
        lieu = f"groupes[{rang}]"
        if not isinstance(dit, dict) or not set(dit) <= {"min", "max"}:
            raise ProblemeInvalide(f"{lieu} : un objet {{min, max}} est attendu.")
        minima.append(_entier(dit.get("min", 0), f"{lieu}.min", 0, AU_PLUS))
        maxima.append(_entier(dit.get("max", AU_PLUS), f"{lieu}.max", 0, AU_PLUS))
        if minima[rang] > maxima[rang]:
            raise ProblemeInvalide(f"{lieu} : min {minima[rang]} dépasse max {maxima[rang]}.")
    return minima, maxima


def _affinites(triplets: Iterable[tuple[int, int, float]], n: int) -> Matrice:
    matrice = np.zeros((n, n))
    for i, j, poids in triplets:
        if i == j:
            raise ProblemeInvalide(
                f"affinites : la paire [{i}, {j}] relie une structure à elle-même."
            )
        matrice[i, j] = matrice[j, i] = matrice[i, j] + poids
    return matrice


def _preferences(triplets: Iterable[tuple[int, int, float]], n: int, m: int) -> Matrice:
    matrice = np.zeros((n, m))
    for i, groupe, poids in triplets:
        matrice[i, groupe] += poids
    return matrice


def _liste(donnees: dict[str, Any], cle: str) -> list[Any]:
    valeur = donnees.get(cle, [])
    if not isinstance(valeur, list):
        raise ProblemeInvalide(f"{cle} : une liste est attendue.")
    return valeur


def _triplets(
    donnees: dict[str, Any], cle: str, n: int, m: int
) -> Iterable[tuple[int, int, float]]:
    for rang, triplet in enumerate(_liste(donnees, cle)):
        lieu = f"{cle}[{rang}]"
        if not isinstance(triplet, list) or len(triplet) != 3:
            raise ProblemeInvalide(f"{lieu} : trois valeurs sont attendues.")
        i, j, poids = triplet
        yield _entier(i, lieu, 0, n - 1), _entier(j, lieu, 0, m - 1), _reel(poids, lieu)


def _paires(donnees: dict[str, Any], cle: str, n: int) -> tuple[tuple[int, int], ...]:
    lues = []
    for rang, paire in enumerate(_liste(donnees, cle)):
        lieu = f"{cle}[{rang}]"
        if not isinstance(paire, list) or len(paire) != 2 or paire[0] == paire[1]:
            raise ProblemeInvalide(f"{lieu} : deux structures différentes sont attendues.")
        i, j = (_entier(valeur, lieu, 0, n - 1) for valeur in paire)
        lues.append((min(i, j), max(i, j)))
    return tuple(dict.fromkeys(lues))


def _entier(valeur: Any, lieu: str, minimum: int, maximum: int) -> int:
    if isinstance(valeur, bool) or not isinstance(valeur, int) or not minimum <= valeur <= maximum:
        raise ProblemeInvalide(f"{lieu} : un entier de {minimum} à {maximum} est attendu.")
    return valeur


def _reel(valeur: Any, lieu: str) -> float:
    if isinstance(valeur, bool) or not isinstance(valeur, int | float) or not isfinite(valeur):
        raise ProblemeInvalide(f"{lieu} : un nombre fini est attendu.")
    return float(valeur)
