"""Proposer les thèmes d'un besoin, et dire pourquoi.

Quatre voix s'ajoutent, en « preuves » (logarithmes : plus c'est haut, plus c'est vraisemblable) :

- **locutions** : celles du lexique trouvées dans le texte, selon leur poids et le peu de thèmes
  qui les partagent ; un mot ne compte qu'une fois par thème, dans sa meilleure locution ;
- **mots** : un à un, bayésien naïf sur le lexique, les libellés et les besoins déjà codés ;
- **voisins** : les besoins déjà codés qui ressemblent ;
- **habitude** : les thèmes plus souvent retenus, un peu selon le secteur et la source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .exemples import Exemple, Memoire
from .lexique import LexiqueLu, Preuves
from .mots import Mot

_RAISONS = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Un thème proposé, sa vraisemblance (0 à 1, la somme fait 1) et ce qui l'a amené.

    `mots` : ceux du texte ; `comme` : l'extrait du besoin codé ainsi qui ressemble le plus, et
    `pareils`, combien ressemblent assez pour être dits, celui-là compris.
    """

    theme: str
    score: float
    mots: tuple[str, ...] = ()
    comme: str = ""
    pareils: int = 0

    @property
    def raisons(self) -> tuple[str, ...]:
        return (*self.mots, *([f"comme « {self.comme} »"] if self.comme else []))


@dataclass(frozen=True, slots=True)
class Voix:
    """La part de chaque voix, choisie par validation croisée (docs/decisions/0014)."""

    locutions: float = 1.0
    mots: float = 0.5
    voisins: float = 4.0
    habitude: float = 0.25


class Codeur:
    """Propose les thèmes d'un texte ; déterministe, quelques millisecondes par texte.

    `lexique` se lit une fois et se partage ; un nouveau Codeur à chaque lot de codages acceptés.
    """

    def __init__(
        self, lexique: LexiqueLu, exemples: Sequence[Exemple] = (), voix: Voix | None = None
    ) -> None:
        self._lexique = lexique
        self._voix = voix or Voix()
        self._memoire = Memoire(lexique, exemples)

    def proposer(self, texte: str, secteur: str = "", source: str = "") -> list[Suggestion]:
        """Tous les thèmes, le plus vraisemblable d'abord ; à égalité, ordre de la nomenclature."""
        mots = self._lexique.lecteur.lire(texte)
        preuves, raisons = self._lexique.locutions(mots)
        voisins, ressemblants = self._memoire.voisins(mots)
        scores = self._scores(mots, preuves, voisins, secteur, source)
        return [
            Suggestion(
                theme=self._lexique.themes[rang],
                score=float(scores[rang]),
                mots=_dire(mots, raisons.get(rang, [])),
                comme=ressemblants[rang].extrait,
                pareils=ressemblants[rang].nombre,
            )
            for rang in np.argsort(-scores, kind="stable")
        ]

    def premier(self, mots: Sequence[Mot], secteur: str, source: str) -> tuple[str, float]:
        """Le thème le plus vraisemblable d'un texte déjà lu, et sa vraisemblance.

        Sans les voisins : le temps ne dépend pas du nombre de besoins codés.
        """
        preuves, _ = self._lexique.locutions(mots)
        scores = self._scores(mots, preuves, np.zeros_like(preuves), secteur, source)
        rang = int(np.argmax(scores))
        return self._lexique.themes[rang], float(scores[rang])

    def _scores(
        self, mots: Sequence[Mot], locutions: Preuves, voisins: Preuves, secteur: str, source: str
    ) -> Preuves:
        return _vraisemblances(
            self._voix.locutions * locutions
            + self._voix.mots * self._memoire.mots(mots)
            + self._voix.voisins * voisins
            + self._voix.habitude * self._memoire.habitude(secteur, source)
        )


def _vraisemblances(preuves: Preuves) -> Preuves:
    poids: Preuves = np.exp(preuves - preuves.max())
    return poids / poids.sum()


def _dire(mots: Sequence[Mot], trouvailles: Sequence[tuple[int, ...]]) -> tuple[str, ...]:
    """Les mots du texte qui ont amené le thème."""
    return tuple(" … ".join(mots[i].ecrit for i in places) for places in trouvailles[:_RAISONS])
