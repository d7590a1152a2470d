"""Changer l'état d'un objet : jouer le verbe, enregistrer, le dire au journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.socle.journal.ecriture import journaliser
from maillage.socle.mots import de
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur
    from maillage.socle.modeles import ModeleSuivi
    from maillage.socle.transitions import TableDeTransitions


def choisir(
    objet: ModeleSuivi,
    table: TableDeTransitions,
    verbe: str,
    *,
    version: int,
    motif: str = "",
    champ: str = "motif",
    par: Utilisateur | None,
) -> None:
    """Joue un verbe de `table`, dans l'opération qui l'appelle.

    `motif` : la raison donnée, gardée dans ce `champ` de l'objet et dite au journal. Lève
    `TransitionRefusee` ou `ConflitDeVersion`.
    """
    if motif:
        setattr(objet, champ, motif)
    transition = table.appliquer(verbe, objet)
    enregistrer(objet, version=version)
    raison = f" : {motif}" if motif else ""
    journaliser(objet, f"a choisi {de(transition.en_phrase)}{raison}", par=par)
