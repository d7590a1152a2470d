"""Mesurer la constitution de groupes : l'écart aux meilleures valeurs connues, à temps donné.

`references.json` tient, par instance, la meilleure valeur de longues recherches, leur graine
et leurs secondes. Une recherche qui la dépasse a un écart négatif : la référence est à reprendre.
"""

from __future__ import annotations

from maillage.config.mesurer.chiffres import Chiffre
from maillage.config.mesurer.groupes import ecarts, grands, petits


def mesurer(*, graines: int, cpsat: float | None) -> dict[str, dict[str, Chiffre]]:
    """Les chiffres par sujet ; `cpsat` : les secondes données à CP-SAT, None pour s'en passer."""
    return {
        "preuve": petits.mesurer(),
        "écart à la meilleure connue": ecarts.mesurer(graines, cpsat),
        "quatre cents structures": grands.mesurer(),
    }
