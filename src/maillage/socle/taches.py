"""Ce qu'une pièce dit à la page « Aujourd'hui » : quoi, pour quand, et le geste qui suit.

Un sujet dit d'abord quelles listes bornées il lit (`lots`), puis ce qu'il en fait (`dire`) : tous
les sujets de la page se lisent ainsi en une requête.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from maillage.socle.lots import Ensemble, Lots, Lus

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class Colonne(StrEnum):
    """Les trois colonnes de la page."""

    A_FAIRE = "a_faire"
    CETTE_SEMAINE = "cette_semaine"
    CA_BOUGE = "ca_bouge"


@dataclass(frozen=True, slots=True)
class Tache:
    """Une ligne d'« Aujourd'hui » : ce qui est attendu, où, pour quand, et le verbe du geste.

    `poids` départage à échéance égale : le plus lourd d'abord.
    """

    colonne: Colonne
    titre: str
    url: str
    geste: str = "Ouvrir"
    contexte: str = ""
    echeance: date | None = None
    poids: int = 0

    def en_retard(self, aujourdhui: date) -> bool:
        return (
            self.colonne is Colonne.A_FAIRE
            and self.echeance is not None
            and self.echeance < aujourdhui
        )


class Sujet(Protocol):
    """Un module qui a à dire.

    Ses lots ne dépendent que du périmètre de la personne et du jour, jamais de ce qui est en base.
    """

    def lots(self, utilisateur: Utilisateur, aujourdhui: date, /) -> Lots: ...

    def dire(self, lus: Lus, utilisateur: Utilisateur, aujourdhui: date, /) -> list[Tache]: ...


class Lecture:
    """Les listes de plusieurs sujets, prêtes à lire d'un coup autant de fois que l'on veut."""

    def __init__(self, sujets: Sequence[Sujet], utilisateur: Utilisateur, jour: date) -> None:
        self._sujets = sujets
        self._jour = jour
        self._ensemble = Ensemble(
            {
                f"{rang}.{nom}": lot
                for rang, sujet in enumerate(sujets)
                for nom, lot in sujet.lots(utilisateur, jour).items()
            }
        )

    def taches(self, utilisateur: Utilisateur) -> list[Tache]:
        """Une requête, quel que soit le nombre de sujets et de lignes."""
        lus: list[dict[str, list[Any]]] = [{} for _ in self._sujets]
        for cle, lignes in self._ensemble.lire().items():
            rang, _, nom = cle.partition(".")
            lus[int(rang)][nom] = lignes
        return [
            tache
            for sujet, siens in zip(self._sujets, lus, strict=True)
            for tache in sujet.dire(siens, utilisateur, self._jour)
        ]
