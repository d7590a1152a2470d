"""Suivre ce que des personnes ont tranché : réunir ce qu'elles réunissent, jamais l'inverse.

« Toujours ensemble » se propage (a avec b, b avec c : les trois), « jamais ensemble » l'emporte.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Paire = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decisions:
    """Ce qu'une personne a tranché, par paires d'identifiants : à réunir, à ne pas réunir."""

    ensemble: frozenset[Paire] = frozenset()
    separes: frozenset[Paire] = frozenset()


def suivre(
    groupes: Sequence[Sequence[str]], connus: Iterable[str], decisions: Decisions
) -> Iterator[tuple[list[str], bool]]:
    """Les groupes une fois les décisions suivies, et si l'on y a réuni quelqu'un.

    `groupes` : des identifiants, chacun dans un groupe au plus ; `connus` : tous ceux dont on peut
    parler. Un noyau réuni par une personne va où il a le plus des siens, et y entraîne le reste
    de tout groupe dont il est au moins la moitié : ce que l'on a joint reste joint demain.
    """
    connus = set(connus)
    separes = _voisins(decisions.separes, connus)
    noyaux = _Noyaux(separes)
    for un, autre in sorted(tuple(sorted(paire)) for paire in decisions.ensemble):
        if un in connus and autre in connus:
            noyaux.reunir(un, autre)
    de = {membre: rang for rang, groupe in enumerate(groupes) for membre in groupe}
    tailles = Counter(de.values())
    for seul in sorted((noyaux.cites() | set(separes)) - set(de)):
        de[seul] = len(tailles)
        tailles[de[seul]] = 1
    ou = _Reunions()
    maisons: dict[int, list[list[str]]] = defaultdict(list)
    for noyau in noyaux.parmi(de):
        comptes = Counter(de[membre] for membre in noyau)
        maison = min(comptes, key=lambda rang: (-comptes[rang], rang))
        maisons[maison].append(noyau)
        for rang, combien in comptes.items():
            if len(noyau) > 1 and 2 * combien >= tailles[rang]:
                ou.reunir(maison, rang)
    reunis: dict[int, list[list[str]]] = defaultdict(list)
    for rang in sorted(maisons):
        reunis[ou.chef(rang)] += maisons[rang]
    for ensemble in reunis.values():
        yield from _departager(ensemble, separes)


def _departager(
    noyaux: list[list[str]], separes: dict[str, set[str]]
) -> Iterator[tuple[list[str], bool]]:
    """Autant de parts qu'il en faut pour que personne n'y soit avec qui l'on en a séparé."""
    parts: list[tuple[list[str], set[str], bool]] = []
    for noyau in sorted(noyaux, key=lambda membres: (-len(membres), membres)):
        exclus = set().union(*(separes.get(membre, ()) for membre in noyau))
        for rang, (membres, refuses, decide) in enumerate(parts):
            if refuses.isdisjoint(noyau):
                parts[rang] = (membres + noyau, refuses | exclus, decide or len(noyau) > 1)
                break
        else:
            parts.append((noyau, exclus, len(noyau) > 1))
    for membres, _, decide in parts:
        yield sorted(membres), decide


def _voisins(paires: Iterable[Paire], connus: set[str]) -> dict[str, set[str]]:
    voisins: dict[str, set[str]] = defaultdict(set)
    for un, autre in paires:
        if un != autre and un in connus and autre in connus:
            voisins[un].add(autre)
            voisins[autre].add(un)
    return voisins


class _Reunions:
    """Qui est avec qui : des ensembles disjoints, chacun sous un chef."""

    def __init__(self) -> None:
        self._sous: dict[int, int] = {}

    def chef(self, un: int) -> int:
        while (autre := self._sous.get(un, un)) != un:
            un = autre
        return un

    def reunir(self, un: int, autre: int) -> None:
        premier, second = sorted((self.chef(un), self.chef(autre)))
        if premier != second:
            self._sous[second] = premier


class _Noyaux:
    """Ceux que l'on a dits ensemble, sauf si l'on en a séparé deux."""

    def __init__(self, separes: dict[str, set[str]]) -> None:
        self._separes = separes
        self._noyau: dict[str, list[str]] = {}

    def reunir(self, un: str, autre: str) -> None:
        premiers, seconds = self._noyau.get(un, [un]), self._noyau.get(autre, [autre])
        refuses = set().union(*(self._separes.get(membre, ()) for membre in premiers))
        if un in seconds or not refuses.isdisjoint(seconds):
            return
        reunis = sorted(premiers + seconds)
        for membre in reunis:
            self._noyau[membre] = reunis

    def cites(self) -> set[str]:
        return set(self._noyau)

    def parmi(self, membres: Iterable[str]) -> Iterator[list[str]]:
        """Les noyaux de ces membres, une fois chacun ; qui n'est réuni à personne y est seul."""
        for membre in membres:
            noyau = self._noyau.get(membre, [membre])
            if noyau[0] == membre:
                yield noyau
