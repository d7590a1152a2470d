"""Les cas publiés du terrain, redits avec nos mots : les charger, en vérifier les chiffres."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from maillage.capitaliser.cas.chargement import Charge, charger
from maillage.capitaliser.cas.lecture import CasRefuse
from maillage.capitaliser.cas.verification import Ecart, Verification, verifier

__all__ = [
    "CasRefuse",
    "Charge",
    "Ecart",
    "Verification",
    "charger",
    "charger_exemples",
    "dossier_des_cas",
    "fichiers",
    "verifier",
]

Progression = Callable[[int, int, str], None]
_LIVRES = Path(__file__).parent / "publies"
_DU_DEPOT = Path(__file__).resolve().parents[4] / "cas"


def dossier_des_cas() -> Path:
    """Là où sont les cas : portés par la roue, ou dans le dépôt quand on y travaille."""
    return _LIVRES if _LIVRES.is_dir() else _DU_DEPOT


def fichiers() -> list[Path]:
    """Les fichiers de cas, dans l'ordre de leur nom."""
    return sorted(dossier_des_cas().glob("*.yaml"))


def charger_exemples(progression: Progression | None = None) -> list[Charge]:
    """Charge tous les cas livrés ; ceux qui y sont déjà ne changent pas."""
    charges = []
    tous = fichiers()
    for rang, chemin in enumerate(tous):
        if progression:
            progression(rang, len(tous), chemin.stem)
        charges.append(charger(chemin))
    return charges
