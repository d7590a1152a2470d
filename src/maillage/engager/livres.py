"""Des lignes du dossier aux deux grands livres."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maillage.engager.calculs.budget import Apport, Budget, Depense, tenir
from maillage.engager.models import Financement, LigneDeBudget


def depenses_de(lignes: Iterable[LigneDeBudget]) -> list[Depense]:
    return [Depense(ligne.nature, ligne.libelle, ligne.cout) for ligne in lignes]


def apports_de(financements: Iterable[Financement]) -> list[Apport]:
    return [
        Apport(str(f.financeur), f.etat, f.montant, f.part, f.credits_dla) for f in financements
    ]


def livres(lignes: Sequence[LigneDeBudget], financements: Sequence[Financement]) -> Budget:
    """Le budget de la mission ; les financeurs doivent être lus avec les financements."""
    return tenir(depenses_de(lignes), apports_de(financements))
