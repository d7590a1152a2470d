"""Les tâches longues, et la progression qu'elles disent.

    @tache("territoires.charger")
    def charger(progression: Progression, *, millesime: int) -> str:
        for rang, lot in enumerate(lots):
            progression.avancer(rang, len(lots), f"lot {rang}")
        return "36 000 communes chargées."

Une tâche rend la phrase de sa fin. Elle peut être rejouée depuis le début si son processus
meurt : elle est atomique, ou recommencer ne double rien. Chaque pièce les écrit dans son
module `travaux`, importé au démarrage.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from maillage.socle.travaux.models import Travail

if TYPE_CHECKING:
    from types import TracebackType
    from uuid import UUID

F = TypeVar("F", bound=Callable[..., str])
CADENCE = 0.5
"""Secondes entre deux écritures de progression."""

_AVANCER = f"UPDATE {Travail._meta.db_table} SET fait = %s, total = %s, message = %s WHERE id = %s"  # noqa: S608
_RESERVER = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_RENDRE = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


class TravailRefuse(Exception):
    """La tâche ne peut pas aboutir ; le message dit à la personne quoi faire."""


class DejaEnCours(Exception):
    """Un autre processus, vivant, exécute ce travail."""


class Progression:
    """Où en est une tâche, dit au plus toutes les `CADENCE` secondes.

    Elle a sa propre connexion : la page voit l'avancement même d'une tâche faite d'une seule
    transaction. Cette connexion tient aussi le travail réservé ; si le processus meurt, elle
    tombe et le travail redevient libre.
    """

    def __init__(self, travail: UUID) -> None:
        self.travail = travail
        self._connexion = connections.create_connection(DEFAULT_DB_ALIAS)
        self._dit_a = 0.0

    def __enter__(self) -> Self:
        with self._connexion.cursor() as curseur:
            curseur.execute(_RESERVER, [f"travail:{self.travail}"])
            (reserve,) = curseur.fetchone()
        if not reserve:
            self._connexion.close()
            raise DejaEnCours(str(self.travail))
        return self

    def __exit__(
        self,
        genre: type[BaseException] | None,
        erreur: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Rend le travail avant de fermer : PostgreSQL ne voit pas la fermeture tout de suite."""
        with suppress(DatabaseError), self._connexion.cursor() as curseur:
            curseur.execute(_RENDRE, [f"travail:{self.travail}"])
        self._connexion.close()

    def avancer(self, fait: int, total: int, message: str = "") -> None:
        """Dit que `fait` sur `total` est fait ; la dernière étape est toujours écrite."""
        if fait < total and monotonic() - self._dit_a < CADENCE:
            return
        with self._connexion.cursor() as curseur:
            curseur.execute(_AVANCER, [fait, total, message[:500], self.travail])
        self._dit_a = monotonic()


_TACHES: dict[str, Callable[..., str]] = {}


def tache(nom: str) -> Callable[[F], F]:
    """Inscrit une tâche sous un nom stable ; un nom ne sert qu'une fois."""

    def inscrire(fonction: F) -> F:
        if _TACHES.setdefault(nom, fonction) is not fonction:
            raise ValueError(f"La tâche {nom} existe déjà.")
        return fonction

    return inscrire


def trouver(nom: str) -> Callable[..., str]:
    """La tâche de ce nom ; lève `TravailRefuse` si cette version ne la connaît pas."""
    if nom not in _TACHES:
        raise TravailRefuse(
            "Cette version de Maillage ne sait plus faire ce travail : demandez-le de nouveau "
            "depuis la page d’où il vient."
        )
    return _TACHES[nom]
