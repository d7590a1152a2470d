"""Ce qu'un scénario de groupes devient ; « retenir » a son opération, qui remplit les groupes."""

from __future__ import annotations

from maillage.confirmer.models import EtatDeScenario
from maillage.socle.transitions import TableDeTransitions, Transition

SCENARIOS = TableDeTransitions(
    "etat",
    [
        Transition(
            "garder",
            {EtatDeScenario.PROPOSE, EtatDeScenario.ECARTE},
            EtatDeScenario.GARDE,
            "Garder",
        ),
        Transition(
            "ecarter",
            {EtatDeScenario.PROPOSE, EtatDeScenario.GARDE},
            EtatDeScenario.ECARTE,
            "Écarter",
        ),
        Transition(
            "revenir",
            {EtatDeScenario.RETENU},
            EtatDeScenario.GARDE,
            "Revenir sur la décision",
        ),
    ],
)
AJUSTABLES = frozenset({EtatDeScenario.PROPOSE, EtatDeScenario.GARDE})
