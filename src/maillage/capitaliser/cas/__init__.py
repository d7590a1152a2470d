"""Les cas publiés du terrain, redits avec nos mots : les importer, les exporter, les vérifier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from maillage.capitaliser.cas.attendus import AttendusIllisibles, lire_attendus
from maillage.capitaliser.cas.chargement import Charge, importer, missions_de
from maillage.capitaliser.cas.export import CasAbsent, exporter
from maillage.capitaliser.cas.lecture import CasRefuse
from maillage.capitaliser.cas.verification import Ecart, Verification, verifier

__all__ = [
    "AttendusIllisibles",
    "CasAbsent",
    "CasRefuse",
    "Charge",
    "Ecart",
    "Verification",
    "dossier_des_cas",
    "exporter",
    "fichiers",
    "importer",
    "importer_exemples",
    "lire_attendus",
    "missions_de",
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


def importer_exemples(progression: Progression | None = None) -> list[Charge]:
    """Importe tous les cas livrés ; ceux qui y sont déjà ne changent pas."""
    charges = []
    tous = fichiers()
    for rang, chemin in enumerate(tous):
        if progression:
            progression(rang, len(tous), chemin.stem)
        charges.append(importer(chemin))
    return charges
