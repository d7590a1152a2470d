"""Ce qui rapproche deux structures : un facteur, sa mesure de 0 à 1, et le poids que l'agent règle.

Les six facteurs du profil d'un groupe (S3, fiche 3/4) y sont tous ; les autres viennent de ce que
chaque structure a répondu. Une mesure inconnue ne pèse ni pour ni contre.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2

import numpy as np
from numpy.typing import NDArray

from maillage.confirmer.groupes.calculs.entrees import Entree, kilometres

PORTEE_KM = 100.0
"""Au-delà, deux structures sont aussi loin que possible."""

Mesure = Callable[[Entree, Entree], float | None]


@dataclass(frozen=True, slots=True)
class Facteur:
    """Un facteur réglable de `minimum` à 3 ; négatif : on cherche à mêler plutôt qu'à rapprocher.

    `centre` : la mesure compte par son écart à la moyenne des paires connues ; sinon, telle quelle.
    """

    code: str
    libelle: str
    aide: str
    mesure: Mesure
    defaut: int
    minimum: int = -3
    centre: bool = True


MAXIMUM = 3


def _niveau(une: Entree, autre: Entree) -> float | None:
    if une.niveau is None or autre.niveau is None:
        return None
    return 1 - abs(une.niveau - autre.niveau) / 2


def _attentes(une: Entree, autre: Entree) -> float | None:
    return _communs({r for r, _ in une.attentes}, {r for r, _ in autre.attentes})


def _distance(une: Entree, autre: Entree) -> float | None:
    km = kilometres(une, autre)
    return None if km is None else max(0.0, 1 - km / PORTEE_KM)


def _creneaux(une: Entree, autre: Entree) -> float | None:
    if une.creneaux is None or autre.creneaux is None:
        return None
    petit = min(len(une.creneaux), len(autre.creneaux))
    return len(une.creneaux & autre.creneaux) / petit if petit else 0.0


def _secteur(une: Entree, autre: Entree) -> float | None:
    return float(une.secteur == autre.secteur) if une.secteur and autre.secteur else None


def _branche(une: Entree, autre: Entree) -> float | None:
    return float(une.branche == autre.branche) if une.branche and autre.branche else None


def _complementarite(une: Entree, autre: Entree) -> float | None:
    commun = _communs(une.projet, autre.projet)
    return None if commun is None else 1 - commun


def _personnes(une: Entree, autre: Entree) -> float | None:
    return _communs(une.personnes, autre.personnes)


def _taille(une: Entree, autre: Entree) -> float | None:
    if une.taille is None or autre.taille is None:
        return None
    ecart = abs(log2((une.taille + 0.5) / (autre.taille + 0.5)))
    return max(0.0, 1 - ecart / 3)


def _liens(une: Entree, autre: Entree) -> float | None:
    return float(autre.cle in une.liens or une.cle in autre.liens)


def _communs(uns: set[str] | frozenset[str], autres: set[str] | frozenset[str]) -> float | None:
    """La part de mots communs (indice de Dice) ; None si l'un ne dit rien."""
    if not uns or not autres:
        return None
    return 2 * len(uns & autres) / (len(uns) + len(autres))


FACTEURS = (
    Facteur("niveau", "Niveau sur le sujet", "ce que chacune en maîtrise déjà", _niveau, 2),
    Facteur("attentes", "Attentes", "les mots par lesquels elles les disent", _attentes, 2),
    Facteur("distance", "Kilomètres à vol d’oiseau", "entre leurs communes", _distance, 2, 0),
    Facteur("creneaux", "Créneaux communs", "d’après leurs disponibilités", _creneaux, 2, 0),
    Facteur("secteur", "Secteur d’activité", "le même, ou non", _secteur, 0),
    Facteur("branche", "Branche professionnelle", "la même, ou non", _branche, 0),
    Facteur(
        "complementarite",
        "Complémentarité des projets",
        "des activités qui ne se recouvrent pas",
        _complementarite,
        1,
    ),
    Facteur(
        "personnes", "Personnes présentes", "bénévoles, salarié·es, ou les deux", _personnes, 0
    ),
    Facteur("taille", "Taille", "en équivalents temps plein", _taille, 0),
    Facteur("liens", "Liens déjà connus", "déjà réunies par une mission", _liens, 0, centre=False),
)
PAR_CODE = {facteur.code: facteur for facteur in FACTEURS}


def affinites(entrees: Sequence[Entree], poids: dict[str, int]) -> NDArray[np.float64]:
    """(n, n), symétrique : ce que deux structures valent ensemble ; 0 où l'on ne sait rien."""
    total = np.zeros((len(entrees), len(entrees)))
    for facteur in FACTEURS:
        if poids.get(facteur.code):
            total += poids[facteur.code] * ecarts(tuple(entrees), facteur)
    return np.round(total, 6)


@lru_cache(maxsize=32)
def ecarts(entrees: tuple[Entree, ...], facteur: Facteur) -> NDArray[np.float64]:
    """(n, n) : ce que chaque paire a de plus, ou de moins, que la moyenne ; 0 où l'on ignore."""
    n = len(entrees)
    mesures = np.full((n, n), np.nan)
    for i in range(n):
        for j in range(i):
            mesure = facteur.mesure(entrees[i], entrees[j])
            if mesure is not None:
                mesures[i, j] = mesures[j, i] = mesure
    connues = mesures[~np.isnan(mesures)]
    moyenne = float(connues.mean()) if facteur.centre and len(connues) else 0.0
    lus = np.nan_to_num(mesures - moyenne, nan=0.0)
    lus.flags.writeable = False
    return lus
