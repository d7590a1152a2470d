"""axe-core, tel que npm le pose : ce qu'il trouve sur une page, en clair puis en sombre."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from playwright.sync_api import Page

from maillage.config.actifs import PROJET

SOURCE = PROJET / "node_modules" / "axe-core" / "axe.min.js"

# Le sombre ne change que des couleurs : seules leurs règles se rejouent.
TOUT: dict[str, Any] = {}
COULEURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
THEMES: tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...] = (
    ("light", TOUT),
    ("dark", COULEURS),
)

_EXAMINER = "(options) => axe.run(document, options).then((r) => r.violations)"


def examiner(page: Page) -> list[str]:
    """Une phrase par élément fautif : thème, règle, où, et ce qu'axe en dit."""
    page.evaluate(_source())
    trouvees = []
    for theme, regles in THEMES:
        page.emulate_media(color_scheme=theme)
        options = {"resultTypes": ["violations"], **regles}
        for violation in page.evaluate(_EXAMINER, options):
            trouvees += [_dire(theme, violation, noeud) for noeud in violation["nodes"]]
    page.emulate_media(color_scheme="light")
    return trouvees


def _dire(theme: str, violation: dict[str, Any], noeud: dict[str, Any]) -> str:
    ou = " ".join(str(cible) for cible in noeud["target"])
    pourquoi = " ".join(noeud["failureSummary"].split("\n")[1:]).strip()
    return f"  {theme} {violation['id']} ({violation['impact']}) sur {ou} : {pourquoi}"


@cache
def _source() -> str:
    assert SOURCE.exists(), "axe-core manque : lancez « make setup »."
    return SOURCE.read_text(encoding="utf-8")
