"""Rapprocher deux positions d'une posture ; une tendance à surveiller, non une case (S1)."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.methode.notions.preparer import Axe, Posture

MILIEU = 3


def posture_evoquee(
    postures: Sequence[Posture], axes: Sequence[Axe], positions: dict[str, int | None]
) -> Posture | None:
    """La posture au croisement des deux pôles vers lesquels penchent les positions (1 à 5).

    None si une position manque ou reste au milieu : on ne tranche pas à la place de l'agent.
    """
    poles = {axe.code: _pole(axe, positions.get(axe.code)) for axe in axes}
    return next(
        (p for p in postures if all(getattr(p, axe) == pole for axe, pole in poles.items())), None
    )


def _pole(axe: Axe, position: int | None) -> str | None:
    if position is None or position == MILIEU:
        return None
    premier, second = axe.poles
    return premier.code if position < MILIEU else second.code
