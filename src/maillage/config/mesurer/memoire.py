"""La mémoire qu'un travail prend à ce processus, lue chez le noyau (Linux)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

_SOI = Path("/proc/self")
_MO = 1024


def pointe(travail: Callable[[], object]) -> float:
    """Mégaoctets pris au plus fort du travail, au-dessus de ce que le processus tenait déjà.

    Toute la mémoire résidente compte : Python, le pilote de la base, les bibliothèques.
    """
    (_SOI / "clear_refs").write_text("5")  # remet la pointe au niveau présent
    avant = _lire("VmRSS")
    travail()
    return max(0, _lire("VmHWM") - avant) / _MO


def _lire(nom: str) -> int:
    """Kilooctets que dit cette ligne de l'état du processus."""
    lignes = (_SOI / "status").read_text().splitlines()
    return next(int(ligne.split()[1]) for ligne in lignes if ligne.startswith(f"{nom}:"))
