"""De chaque chiffre à sa liste : les missions, filtrées comme le bilan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse

from maillage.ingenieries.liste import MENEES
from maillage.piloter.bilan.requete import NON_DIT, PLUS_LARGE
from maillage.piloter.calculs.bilan import Cellule

RESTRICTIONS = ("operateur", "territoire", "secteur", "nature")


@cache
def _liste() -> str:
    """Cherchée une fois : une page en écrit deux cents."""
    return reverse("ingenieries:liste")


@dataclass(frozen=True, slots=True)
class Liens:
    """Les filtres posés ; `ouverts` est faux pour qui ne voit pas de liste de missions."""

    poses: Mapping[str, str | None]
    ouverts: bool = True

    def missions(self, **en_plus: str | None) -> str:
        """L'adresse de la liste des missions menées ; un filtre None est levé."""
        if not self.ouverts:
            return ""
        voulus = {"etat": MENEES, **self.poses, **en_plus}
        return f"{_liste()}?{urlencode({k: v for k, v in voulus.items() if v})}"

    def avec(self, poses: Mapping[str, str | None]) -> Liens:
        """Les mêmes, réduits à une ligne."""
        return Liens({**self.poses, **poses}, self.ouverts)

    def page(self, **en_plus: str | None) -> str:
        """L'adresse de ce bilan, avec d'autres filtres."""
        voulus = {**self.poses, **en_plus}
        return f"?{urlencode({k: v for k, v in voulus.items() if v is not None})}"


def filtres_de(axe: str, cellule: Cellule) -> dict[str, str | None]:
    """Ce qui, dans la liste des missions, désigne cette ligne de la ventilation."""
    if axe == "annee":
        return filtres_d_annee(None if cellule.cle == NON_DIT else int(cellule.cle))
    if cellule.cle == PLUS_LARGE:
        return {"au_dela": axe}
    if axe in ("region", "departement"):
        return {"territoire": cellule.libelle}
    if cellule.cle == NON_DIT:
        return {"sans_secteur": "oui"}
    return {axe: cellule.cle}


def filtres_d_annee(annee: int | None) -> dict[str, str | None]:
    """Une année que dit la source, ou les missions dont elle ne la dit pas."""
    if annee is None:
        return {"de": None, "a": None, "sans_annee": "on"}
    return {"de": str(annee), "a": str(annee), "sans_annee": None}
