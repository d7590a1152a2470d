"""Ce que les étapes suivantes font de ce qui s'identifie ici."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maillage.annuaire.models import Organisation
from maillage.ingenieries.models import Ingenierie
from maillage.socle.slots import Slot

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

REPERAGE: Slot[[Ingenierie, Sequence[Organisation], str, Utilisateur], int] = Slot(
    "identifier.reperage", requetes=4
)
"""Verse des structures dans la mobilisation d'une mission, au nom d'un ciblage ; rend combien de
nouvelles y entrent. Celles qui y sont déjà ne changent pas."""
EN_MOBILISATION = "confirmer.mobilisation"
