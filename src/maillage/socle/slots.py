"""Emplacements nommés : une pièce du haut offre une place, une pièce du bas la remplit.

Une pièce n'importe que vers le haut ; pour montrer ce qui vient d'en bas, elle déclare un
`Slot` avec le type de ce qu'elle attend et son coût en requêtes. Les pièces du bas le
remplissent dans `AppConfig.ready()`.

    PANNEAUX: Slot[[Ingenierie], Sequence[Panneau]] = Slot("ingenieries.panneaux", requetes=4)
    PANNEAUX.remplir(panneaux_engager, cle="engager.partenaires")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Slot(Generic[P, R]):
    """Emplacement nommé. `requetes` : nombre de requêtes SQL qu'un remplissage peut coûter."""

    tous: dict[str, Slot[Any, Any]] = {}

    def __init__(self, nom: str, *, requetes: int) -> None:
        if nom in self.tous:
            raise ValueError(f"L'emplacement {nom} existe déjà.")
        self.nom = nom
        self.requetes = requetes
        self._fournisseurs: dict[str, Callable[P, R]] = {}
        self.tous[nom] = self

    def remplir(self, fournisseur: Callable[P, R], *, cle: str) -> None:
        """Inscrit un fournisseur ; une clé ne sert qu'une fois."""
        if self._fournisseurs.get(cle, fournisseur) is not fournisseur:
            raise ValueError(f"{self.nom} : la clé {cle} est déjà prise.")
        self._fournisseurs[cle] = fournisseur

    def pour(self, cle: str, *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Ce que donne le fournisseur de cette clé, ou None s'il n'y en a pas."""
        fournisseur = self._fournisseurs.get(cle)
        return fournisseur(*args, **kwargs) if fournisseur else None

    def tout(self, *args: P.args, **kwargs: P.kwargs) -> Iterator[R]:
        """Ce que donnent tous les fournisseurs, dans l'ordre des clés."""
        for cle in sorted(self._fournisseurs):
            yield self._fournisseurs[cle](*args, **kwargs)

    @property
    def cles(self) -> list[str]:
        return sorted(self._fournisseurs)
