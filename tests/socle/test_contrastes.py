"""Contrastes de la palette, calculés sur les jetons : AA pour le texte, 3:1 pour les bords."""

import re
from functools import cache

import pytest

from maillage.config.actifs import SOURCES

FONDS = ["papier", "papier-creux"]
TEXTES = ["encre", "encre-douce", "accent", "accent-fort", "ambre", "rouge"]
ETAPES = ["identifier", "engager", "confirmer", "finaliser"]
PAIRES = [
    *((texte, fond, 4.5) for texte in [*TEXTES, *ETAPES] for fond in FONDS),
    ("sur-accent", "accent", 4.5),
    ("sur-accent", "accent-fort", 4.5),
    ("encre", "papier-interne", 4.5),
    ("encre-douce", "papier-interne", 4.5),
    ("encre", "ambre-creux", 4.5),
    ("ambre", "ambre-creux", 4.5),
    ("rouge", "rouge-creux", 4.5),
    ("accent", "accent-creux", 4.5),
    *(("bord", fond, 3.0) for fond in FONDS),
    ("ambre-vif", "papier", 3.0),
]


@cache
def jetons() -> dict[str, tuple[str, str]]:
    """Chaque couleur de jetons.css, en clair puis en sombre."""
    texte = (SOURCES / "jetons.css").read_text()
    trouves = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", texte)
    return {nom: (clair, sombre) for nom, clair, sombre in trouves}


def luminance(couleur: str) -> float:
    """Luminance relative, formule des WCAG 2.2."""
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineaires = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux]
    return sum(p * c for p, c in zip((0.2126, 0.7152, 0.0722), lineaires, strict=True))


@pytest.mark.parametrize("theme", [0, 1], ids=["clair", "sombre"])
@pytest.mark.parametrize(("dessus", "dessous", "minimum"), PAIRES)
def test_le_contraste_suffit(dessus: str, dessous: str, minimum: float, theme: int) -> None:
    claire, foncee = sorted(
        (luminance(jetons()[nom][theme]) for nom in (dessus, dessous)), reverse=True
    )
    assert (claire + 0.05) / (foncee + 0.05) >= minimum
