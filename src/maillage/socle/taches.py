"""Ce qu'une pièce dit à la page « Aujourd'hui » : quoi, pour quand, et le geste qui suit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
