"""Un onglet gardé : ce qu'une page de Maillage ne fait jamais, relevé tout du long.

    with onglet_garde(navigateur, adresse) as (onglet, garde):
        onglet.goto("/")
        garde.relire()

Relevé sans rien demander : plainte de la console (politique de sécurité comprise), erreur de
script, requête vers un autre hôte, réponse 5xx, ressource absente. `relire` ajoute ce qui se
mesure une fois la page arrivée : son poids, ses requêtes, son débordement sur un petit écran.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

REQUETES_AU_PLUS = 12
HTML_AU_PLUS = 80_000  # octets
PETIT_ECRAN = {"width": 360, "height": 740}
BUREAU = {"width": 1280, "height": 900}
ATTENTE = 10_000  # millisecondes, pour un geste ; une machine chargée en prend sa part

_CHEZ_SOI = ("data:", "blob:", "about:")
_MESURES = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  return {
    requetes: 1 + performance.getEntriesByType("resource").length,
    html: page.decodedBodySize,
  };
}"""
_DEBORDEMENT = """() => {
  const large = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= large) return null;
  const fautif = [...document.body.querySelectorAll("*")].findLast(
    (e) => e.getBoundingClientRect().right > large + 1,
  );
  const dit = fautif ? fautif.outerHTML.slice(0, 120) : "un élément masqué";
  return `${document.documentElement.scrollWidth} px : ${dit}`;
}"""


class Garde:
    """Ce qui a été relevé sur un onglet ; `plaintes` doit rester vide."""

    def __init__(self, onglet: Page, adresse: str) -> None:
        self.onglet = onglet
        self.adresse = adresse
        self.plaintes: list[str] = []
        onglet.on("pageerror", lambda erreur: self._relever(f"erreur de script : {erreur}"))
        onglet.on("console", self._console)
        onglet.on("request", self._requete)
        onglet.on("response", self._reponse)

    def relire(self) -> None:
        """Mesure la page qui vient d'arriver. Lève `AssertionError` dès la première plainte."""
        mesures: dict[str, Any] = self.onglet.evaluate(_MESURES)
        if mesures["requetes"] > REQUETES_AU_PLUS:
            self._relever(f"{mesures['requetes']} requêtes (au plus {REQUETES_AU_PLUS})")
        if mesures["html"] > HTML_AU_PLUS:
            self._relever(f"{mesures['html']} octets de HTML (au plus {HTML_AU_PLUS})")
        if debordement := self._debordement():
            self._relever(f"déborde à {PETIT_ECRAN['width']} px, {debordement}")
        self.verifier()

    def verifier(self) -> None:
        """Lève `AssertionError` s'il y a une plainte ; elle n'est dite qu'une fois."""
        plaintes, self.plaintes = self.plaintes, []
        assert not plaintes, "\n".join(plaintes)

    def _debordement(self) -> str | None:
        taille = self.onglet.viewport_size
        self.onglet.set_viewport_size(PETIT_ECRAN)
        debordement: str | None = self.onglet.evaluate(_DEBORDEMENT)
        if taille:
            self.onglet.set_viewport_size(taille)
        return debordement

    def _relever(self, plainte: str) -> None:
        self.plaintes.append(f"{self.onglet.url} : {plainte}")

    def _console(self, message: ConsoleMessage) -> None:
        """Une réponse 4xx voulue par une histoire n'est pas une plainte de la page."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._relever(f"console : {message.text}")

    def _requete(self, requete: Request) -> None:
        if not requete.url.startswith((self.adresse, *_CHEZ_SOI)):
            self._relever(f"requête vers un autre hôte : {requete.url}")

    def _reponse(self, reponse: Response) -> None:
        absente = reponse.status == 404 and reponse.request.resource_type != "document"
        if absente or reponse.status >= 500:
            self._relever(f"réponse {reponse.status} de {reponse.url}")


@contextmanager
def onglet_garde(navigateur: Browser, adresse: str, **options: Any) -> Iterator[tuple[Page, Garde]]:
    """Un contexte neuf (ses propres cookies) et son onglet ; à la fin, aucune plainte."""
    contexte = navigateur.new_context(
        base_url=adresse,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport=BUREAU,
        reduced_motion="reduce",
        **options,
    )
    contexte.set_default_timeout(ATTENTE)
    try:
        onglet = contexte.new_page()
        garde = Garde(onglet, adresse)
        yield onglet, garde
        garde.verifier()
    finally:
        contexte.close()
