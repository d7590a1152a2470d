"""Trouver dans un texte les locutions du lexique, dans le désordre et avec de petits trous."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .mots import Lecteur, Mot

_TROU = 3
"""Mots pleins qui peuvent se glisser dans une locution."""


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """Une locution du lexique reconnue dans le texte, et où."""

    locution: int
    places: tuple[int, ...]


class Repertoire:
    """Les locutions du lexique, rangées par leur racine la plus rare pour se trouver vite."""

    def __init__(self, lecteur: Lecteur, locutions: Iterable[str]) -> None:
        lues = [lecteur.lire(locution) for locution in locutions]
        self.cles: list[tuple[str, ...]] = [_cle(mots) for mots in lues]
        frequences = Counter(mot for mots in self.cles for mot in set(mots))
        self._par_pivot: dict[str, list[int]] = defaultdict(list)
        for rang, mots in enumerate(self.cles):
            if mots:
                pivot = min(mots, key=lambda mot: (frequences[mot], mot))
                self._par_pivot[pivot].append(rang)

    def trouver(self, texte: Sequence[Mot]) -> list[Trouvaille]:
        """Les locutions présentes, chacune une fois, à l'endroit où elle est la plus serrée."""
        places: dict[str, list[int]] = defaultdict(list)
        for i, mot in enumerate(texte):
            places[mot.racine].append(i)
            places[mot.sens].append(i)
        trouvees = []
        for pivot in list(places):
            for rang in self._par_pivot.get(pivot, ()):
                if ou := _serrer(self.cles[rang], places):
                    trouvees.append(Trouvaille(rang, ou))
        return trouvees


def _cle(mots: Sequence[Mot]) -> tuple[str, ...]:
    """Un mot seul se reconnaît à sa racine ; dans une locution, à son sens."""
    if len(mots) == 1:
        return (mots[0].racine,)
    return tuple(dict.fromkeys(mot.sens for mot in mots))


def _serrer(mots: Sequence[str], places: dict[str, list[int]]) -> tuple[int, ...] | None:
    """Les places des mots si une fenêtre assez courte les contient tous."""
    for mot in mots:
        if mot not in places:
            return None
    if len(mots) == 1:
        return (places[mots[0]][0],)
    meilleure: tuple[int, ...] | None = None
    for depart in places[mots[0]]:
        ou = [depart]
        for mot in mots[1:]:
            ou.append(min(places[mot], key=lambda place: (abs(place - depart), place)))
        etendue = max(ou) - min(ou)
        if etendue <= len(mots) - 1 + _TROU and (
            meilleure is None or etendue < max(meilleure) - min(meilleure)
        ):
            meilleure = tuple(sorted(set(ou)))
    return meilleure
