"""Les captures : chaque étape en bureau et en 360 px, en clair et en sombre.

Rien n'est pris par défaut. `make captures` pose `MAILLAGE_CAPTURES` : tout va dans
`.maillage/captures/` (ignoré par git), et les pages choisies, en bureau et en clair, dans
`docs/captures/` pour le README et les guides. Le curseur reste tel quel : le cacher demande à
Playwright un style en ligne, que la politique de sécurité de la page refuse.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Literal

from playwright.sync_api import Locator, Page

from tests.navigateur import BUREAU, PETIT_ECRAN

DEPOT = Path(__file__).resolve().parents[2]
TOUTES = DEPOT / ".maillage" / "captures"
CHOISIES = DEPOT / "docs" / "captures"

ECRANS = {"bureau": BUREAU, "360": PETIT_ECRAN}
THEMES: dict[str, Literal["light", "dark"]] = {"clair": "light", "sombre": "dark"}
FORMAT = {"format": "webp", "quality": 80}


class Album:
    """Range les captures d'une histoire, dans l'ordre où elles sont prises."""

    def __init__(self, histoire: str) -> None:
        self.histoire = histoire
        self.ouvert = bool(os.environ.get("MAILLAGE_CAPTURES"))
        self.rang = 0

    def prendre(self, onglet: Page, nom: str, *, choisie: bool | Locator = False) -> None:
        """Quatre images de la page entière ; une de plus, allégée, si elle est choisie.

        Choisie par un élément, elle est cadrée sur lui.
        """
        if not self.ouvert:
            return
        self.rang += 1
        for ecran, taille in ECRANS.items():
            _derouler(onglet, taille)
            for theme, teinte in THEMES.items():
                onglet.emulate_media(color_scheme=teinte)
                fichier = f"{self.histoire}-{self.rang:02}-{nom}-{ecran}-{theme}.png"
                onglet.screenshot(path=TOUTES / fichier, caret="initial")
        onglet.emulate_media(color_scheme="light")
        onglet.set_viewport_size(BUREAU)  # type: ignore[arg-type]
        if isinstance(choisie, Locator):
            choisie.evaluate("element => element.scrollIntoView()")
        if choisie:
            _alleger(onglet, CHOISIES / f"{nom}.webp")


def _derouler(onglet: Page, taille: dict[str, int]) -> None:
    """Un écran aussi haut que la page : les barres fixes restent au bord, pas au milieu."""
    onglet.set_viewport_size(taille)  # type: ignore[arg-type]
    hauteur = onglet.evaluate("document.documentElement.scrollHeight")
    onglet.set_viewport_size({**taille, "height": max(taille["height"], hauteur)})  # type: ignore[typeddict-item]


def _alleger(onglet: Page, fichier: Path) -> None:
    """Chromium sait le WebP, Playwright non : on le lui demande directement."""
    onglet.screenshot(caret="initial")  # celle-ci attend que tout soit dessiné
    seance = onglet.context.new_cdp_session(onglet)
    image = seance.send("Page.captureScreenshot", FORMAT)
    fichier.parent.mkdir(parents=True, exist_ok=True)
    fichier.write_bytes(base64.b64decode(image["data"]))
    seance.detach()
