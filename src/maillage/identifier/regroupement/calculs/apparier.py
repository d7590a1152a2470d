"""Reconnaître, dans les groupes d'aujourd'hui, ceux que l'on avait déjà proposés."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence, Set
from typing import TypeVar

C = TypeVar("C", bound=Hashable)


def apparier(
    anciens: Mapping[C, Set[str]], groupes: Sequence[Sequence[str]], *, stricts: Set[C]
) -> dict[C, int]:
    """À quel groupe répond chaque ancien, s'il en est un ; un groupe ne sert qu'une fois.

    `anciens` : leurs membres, les plus décidés d'abord, car ils choisissent les premiers. Il faut
    que la moitié des leurs soit dans le groupe ; et pour un `strict`, qu'elle en soit aussi la
    moitié : ce que l'on a écarté à trois se propose de nouveau quand ils sont douze.
    """
    de = {membre: rang for rang, groupe in enumerate(groupes) for membre in groupe}
    pris: dict[C, int] = {}
    libres = set(range(len(groupes)))
    for cle, membres in anciens.items():
        communs = Counter(de[m] for m in membres if m in de and de[m] in libres)
        if not communs:
            continue
        rang = min(communs, key=lambda r: (-communs[r], r))
        tailles = [len(membres), *([len(groupes[rang])] if cle in stricts else [])]
        if 2 * communs[rang] >= max(tailles):
            pris[cle] = rang
            libres.discard(rang)
    return pris
