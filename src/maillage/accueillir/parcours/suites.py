"""Ce à quoi un parcours a mené : les pièces du bas le disent, action par action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from maillage.accueillir.models import Action, Parcours
from maillage.socle.slots import Slot

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class Suite:
    """Ce qu'une action a ouvert : une mission, un besoin partagé.

    `etat` est une forme de c-badge, `mot` ce que dit le badge ; sans `url`, la personne sait
    que cela existe et n'y entre pas.
    """

    action: UUID
    titre: str
    url: str
    etat: str
    mot: str


@dataclass(frozen=True, slots=True)
class Geste:
    """Ce qu'une pièce du bas propose de faire d'une action : un verbe et son adresse."""

    libelle: str
    url: str


SUITES: Slot[[Parcours, Utilisateur], Sequence[Suite]] = Slot("accueillir.suites", requetes=1)

# Une clé par sorte d'action ; reçoit ce à quoi elle a déjà mené. Offert à l'équipe qui peut écrire.
GESTES: Slot[[Action, Sequence[Suite]], Sequence[Geste]] = Slot(
    "accueillir.gestes_d_action", requetes=0
)


def suites_de(parcours: Parcours, utilisateur: Utilisateur) -> dict[UUID, list[Suite]]:
    """Les suites de chaque action de ce parcours que cette personne peut connaître."""
    par_action: dict[UUID, list[Suite]] = {}
    for suite in (s for lot in SUITES.tout(parcours, utilisateur) for s in lot):
        par_action.setdefault(suite.action, []).append(suite)
    return par_action


def gestes_de(action: Action, suites: Sequence[Suite]) -> Sequence[Geste]:
    """Ce que l'on propose pour une action de cette sorte."""
    return GESTES.pour(action.sorte, action, suites) or ()
