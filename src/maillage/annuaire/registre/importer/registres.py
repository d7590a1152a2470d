"""Les dispositions que l'on sait importer, par registre et par code."""

from __future__ import annotations

from maillage.annuaire.models import Registre
from maillage.annuaire.registre.importer import rna, sirene
from maillage.annuaire.registre.importer.dispositions import Disposition

DISPOSITIONS: dict[str, tuple[Disposition, ...]] = {
    Registre.RNA: rna.DISPOSITIONS,
    Registre.SIRENE: sirene.DISPOSITIONS,
}
PAR_CODE = {d.code: d for toutes in DISPOSITIONS.values() for d in toutes}
