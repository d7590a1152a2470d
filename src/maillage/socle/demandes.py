"""Ce qu'une pièce demande à un contact d'une structure, et ce que c'est devenu.

Chaque pièce écrit `demandes_adressees(interlocuteur)` ; la page personnelle les réunit, comme
« Aujourd'hui » réunit les tâches.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DemandeAdressee:
    """Une demande : qui, pourquoi, jusqu'à quand, ce que deviennent les réponses.

    `page` : le code de la page du portail où elle se répond ; `objet` : ce qu'elle concerne.
    `faite_le` : le jour de la réponse, `suite` : ce qu'elle est devenue.
    """

    page: str
    titre: str
    qui: str
    pourquoi: str
    devenir: str
    geste: str
    objet: UUID | None = None
    jusqu_au: date | None = None
    faite_le: date | None = None
    suite: str = ""
