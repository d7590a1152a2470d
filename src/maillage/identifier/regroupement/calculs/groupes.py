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

from .decisions import Decisions, suivre
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
    parts = [part for bloc in blocs.values() for part in _partager(bloc, _COUPES)]
    groupes = _suivre(parts, situes, decisions or Decisions())
    return sorted(
        map(_proposer, groupes), key=lambda groupe: (-len(groupe.membres), groupe.membres)
    )


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
    """Les groupes une fois les décisions suivies ; à deux, il faut que quelqu'un les ait réunis."""
    connus = {situe.besoin.id: situe for situe in situes}
    cles = [[situe.besoin.id for situe in groupe] for groupe in groupes]
    return [
        [connus[membre] for membre in membres]
        for membres, decide in suivre(cles, connus, decisions)
        if len(membres) >= (2 if decide else ASSEZ)
    ]


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
