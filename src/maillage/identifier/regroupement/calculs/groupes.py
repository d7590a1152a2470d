"""Proposer des groupes de besoins voisins, et dire ce qui les rapproche.

Deux besoins sont voisins quand ils ont le même thème et, sous lui, le même besoin ordinaire
(ce que leurs mots disent). Un groupe trop gros pour se lire se partage ensuite par territoire,
puis par secteur, puis par année. Chaque besoin n'est regardé que dans son bloc : le temps croît
comme le nombre de besoins, sans jamais de tableau des paires.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .situer import BesoinSitue

CERTITUDE = 0.85
"""En dessous, le thème est trop douteux pour rapprocher deux besoins (docs/decisions/0014)."""

LISIBLE = 60
"""Au-delà, un groupe se partage."""

ASSEZ = 3
"""À partir de combien un besoin est partagé : à deux, c'est plus souvent un hasard de mots."""

_MOTS_DITS = 5

Coupe = tuple[str, Callable[[BesoinSitue], str]]
_COUPES: tuple[Coupe, ...] = (
    ("territoire", lambda situe: situe.besoin.territoire),
    ("secteur", lambda situe: situe.besoin.secteur),
    ("année", lambda situe: str(situe.besoin.date.year) if situe.besoin.date else ""),
)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Ce qu'une personne a tranché, par paires d'identifiants : à réunir, à ne pas réunir."""

    ensemble: frozenset[tuple[str, str]] = frozenset()
    separes: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class GroupePropose:
    """Un besoin partagé que l'on propose.

    `membres` : des identifiants, au moins trois, ou deux que quelqu'un a réunis.
    """

    theme: str
    libelle: str
    membres: tuple[str, ...]
    mots: tuple[str, ...]
    communs: dict[str, str] = field(default_factory=dict)
    """Ce que tous ont en commun de plus : territoire, secteur, année."""


def regrouper(
    situes: Iterable[BesoinSitue], decisions: Decisions | None = None
) -> list[GroupePropose]:
    """Les groupes proposés, les plus gros d'abord ; déterministe, quel que soit l'ordre reçu."""
    situes = sorted(situes, key=lambda situe: situe.besoin.id)
    blocs: dict[tuple[str, str], list[BesoinSitue]] = defaultdict(list)
    for situe in situes:
        if situe.certitude >= CERTITUDE and situe.facette:
            blocs[situe.theme, situe.facette].append(situe)
    parts = (part for bloc in blocs.values() for part in _partager(bloc, _COUPES))
    groupes = [part for part in parts if len(part) >= ASSEZ]
    if decisions:
        groupes = _suivre(groupes, situes, decisions)
    proposes = [_proposer(groupe) for groupe in groupes if len(groupe) > 1]
    return sorted(proposes, key=lambda groupe: (-len(groupe.membres), groupe.membres))


def _partager(bloc: list[BesoinSitue], coupes: Sequence[Coupe]) -> Iterator[list[BesoinSitue]]:
    if len(bloc) <= LISIBLE or not coupes:
        yield bloc
        return
    parts: dict[str, list[BesoinSitue]] = defaultdict(list)
    for situe in bloc:
        parts[coupes[0][1](situe)].append(situe)
    reste = []
    for valeur in sorted(parts):
        if valeur and len(parts[valeur]) >= ASSEZ:
            yield from _partager(parts[valeur], coupes[1:])
        else:
            reste += parts[valeur]
    if reste:
        yield from _partager(reste, coupes[1:])


def _suivre(
    groupes: list[list[BesoinSitue]], situes: Sequence[BesoinSitue], decisions: Decisions
) -> list[list[BesoinSitue]]:
    """Les groupes une fois les décisions suivies ; « séparer » l'emporte et isole le plus grand."""
    de = {situe.besoin.id: rang for rang, groupe in enumerate(groupes) for situe in groupe}
    connus = {situe.besoin.id: situe for situe in situes}
    seuls = len(groupes)
    for rang, identifiant in enumerate(connus):
        de.setdefault(identifiant, seuls + rang)
    for un, autre in sorted(map(sorted, decisions.ensemble)):
        if un in de and autre in de:
            de[autre] = de[un]
    isoles = seuls + len(connus)
    for rang, (un, autre) in enumerate(sorted(map(sorted, decisions.separes))):
        if un in de and autre in de and de[un] == de[autre]:
            de[autre] = isoles + rang
    suivis: dict[int, list[BesoinSitue]] = defaultdict(list)
    for identifiant, rang in de.items():
        suivis[rang].append(connus[identifiant])
    return list(suivis.values())


def _proposer(groupe: list[BesoinSitue]) -> GroupePropose:
    places = Counter((situe.theme, situe.facette) for situe in groupe)
    theme, libelle = min(places, key=lambda place: (-places[place], place))
    mots = Counter(mot for situe in groupe for mot in set(situe.mots))
    frequents = sorted(mots, key=lambda mot: (-mots[mot], mot))[:_MOTS_DITS]
    communs = {}
    for nom, lire in _COUPES:
        valeurs = {lire(situe) for situe in groupe}
        if len(valeurs) == 1 and (valeur := valeurs.pop()):
            communs[nom] = valeur
    return GroupePropose(
        theme=theme,
        libelle=libelle,
        membres=tuple(sorted(situe.besoin.id for situe in groupe)),
        mots=tuple(frequents),
        communs=communs,
    )
