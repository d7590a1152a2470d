"""Quelles paires valent d'être comparées : jamais toutes, seulement celles qui partagent une clé.

Clés d'une notice : son numéro (SIREN, RNA), son site, son courriel, son téléphone ; dans sa
commune, chacun de ses mots (rare, à une faute de frappe près ; banal, avec un second), les deux
bouts de son nom soudé, son adresse et un mot ; dans son département, ses mots les plus rares et
son nom entier. Une clé que portent trop de notices n'en distingue aucune : on la laisse.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations

from maillage.annuaire.doublons.calculs.notices import Notice

PAR_CLE = 60
RARES_DU_DEPARTEMENT = 6
_BOUT = 7

Cle = tuple[Hashable, ...]


def frequences(notices: Sequence[Notice]) -> Counter[str]:
    """Combien de notices portent chaque mot."""
    return Counter(mot for notice in notices for mot in set(notice.mots))


def paires(notices: Sequence[Notice], compte: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Les rangs (le plus petit d'abord) des paires à comparer, chacune une fois."""
    seaux: dict[Cle, list[int]] = defaultdict(list)
    for rang, notice in enumerate(notices):
        for cle in _cles(notice, compte):
            seaux[cle].append(rang)
    vues: set[int] = set()
    total = len(notices)
    for a, b in _des_seaux(seaux, notices):
        numero = a * total + b
        if numero not in vues:
            vues.add(numero)
            yield a, b


def _des_seaux(
    seaux: Mapping[Cle, list[int]], notices: Sequence[Notice]
) -> Iterator[tuple[int, int]]:
    for seau in seaux.values():
        if 1 < len(seau) <= PAR_CLE:
            yield from combinations(seau, 2)
    yield from _sigles(notices)


def _cles(notice: Notice, compte: Mapping[str, int]) -> set[Cle]:
    source, mots = notice.source, sorted(set(notice.mots), key=lambda m: (compte[m], m))
    cles: set[Cle] = {
        (quoi, valeur)
        for quoi, valeur in (
            ("siren", notice.numero),
            ("rna", source.rna),
            ("site", notice.site),
            ("courriel", source.courriel.lower()),
            ("telephone", source.telephone),
        )
        if valeur
    }
    ici, autour = source.commune, source.departement
    for mot in mots:
        if compte[mot] <= RARES_DU_DEPARTEMENT:
            cles.add((autour, mot))
        cles.add((ici, mot))
    for rare in mots[:2]:
        if len(rare) > 4:
            cles.update((ici, "~", voisin) for voisin in _voisins(rare))
    cles.update((ici, *deux) for deux in combinations(sorted(mots[:4]), 2))
    cles.add((autour, "nom", *sorted(mots)))
    cles.add((ici, "debut", notice.soude[:_BOUT]))
    cles.add((ici, "fin", notice.soude[-_BOUT:]))
    if notice.adresse:
        cles.update((ici, notice.adresse, mot) for mot in mots)
    return cles


def _voisins(mot: str) -> Iterator[str]:
    """Le mot et lui-même à une lettre ôtée : deux mots à une faute près en partagent un."""
    yield mot
    for ou in range(len(mot)):
        yield mot[:ou] + mot[ou + 1 :]


def _sigles(notices: Sequence[Notice]) -> Iterator[tuple[int, int]]:
    """Les noms réduits à leurs lettres, contre les noms longs de leur commune."""
    lettres: dict[Cle, list[int]] = defaultdict(list)
    for rang, notice in enumerate(notices):
        if mot := notice.lettres:
            lettres[notice.source.commune, mot[0]].append(rang)
    for rang, notice in enumerate(notices):
        if not notice.lettres:
            for initiale in {notice.tous[0][0], notice.mots[0][0]} if notice.tous else ():
                for autre in lettres.get((notice.source.commune, initiale), ()):
                    yield min(rang, autre), max(rang, autre)
