"""Ce que la pièce dit à « Aujourd'hui », tous sujets lus en une requête.

Un sujet a `lots(utilisateur, aujourdhui)`, les listes bornées qu'il lit, et `dire(lus, utilisateur,
aujourdhui)`, qui en fait des tâches. La page entière n'a droit qu'à douze requêtes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from maillage.accueillir.demandes import taches as demandes
from maillage.accueillir.diagnostics import taches as diagnostics
from maillage.accueillir.parcours import taches as parcours
from maillage.socle.lots import lire_ensemble
from maillage.socle.taches import Tache

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

SUJETS = (demandes, diagnostics, parcours)


def taches(utilisateur: Utilisateur, aujourdhui: date) -> list[Tache]:
    """Une requête, quel que soit le nombre de sujets et de lignes."""
    lus = lire_ensemble(
        {nom: lot for sujet in SUJETS for nom, lot in sujet.lots(utilisateur, aujourdhui).items()}
    )
    return [t for sujet in SUJETS for t in sujet.dire(lus, utilisateur, aujourdhui)]
