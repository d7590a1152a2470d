"""Le lexique prêt à servir : ses locutions rangées, leur force pour chaque thème."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from maillage.methode.notions.lexique import Lexique
from maillage.methode.notions.reperes import Themes

from .expressions import Repertoire
from .mots import Lecteur, Mot

Preuves = npt.NDArray[np.float64]
"""Une preuve par thème, dans l'ordre de la nomenclature : forme (45,)."""

Places = tuple[int, ...]
"""Où une locution se lit dans le texte : rangs de mots."""

POIDS = {"fort": 3.0, "simple": 1.2, "indice": 0.35}
"""Ce que prouve un mot que nul autre thème ne partage."""

_PAR_MOT = 0.35
"""Ce qu'ajoute chaque mot de plus dans une locution."""

_PARTAGE = 0.8
"""À quel point une locution que plusieurs thèmes partagent prouve moins (1 : en proportion)."""

_DEFINITION = 2.5
"""Poids d'un mot du libellé ou de l'aide d'un thème, parmi les mots du thème."""


class LexiqueLu:
    """Le lexique et les définitions des thèmes, lus une fois et partagés entre codeurs."""

    def __init__(self, themes: Themes, lexique: Lexique) -> None:
        self.themes = tuple(theme.code for theme in themes.themes)
        self.definitions = tuple(f"{theme.libelle} {theme.aide}" for theme in themes.themes)
        self.lecteur = Lecteur(lexique.mots.formes, lexique.mots.equivalences, lexique.mots.vides)
        rangs = {code: rang for rang, code in enumerate(self.themes)}
        poids: dict[str, dict[int, float]] = defaultdict(dict)
        for theme in lexique.themes:
            for niveau, locution in theme.pesees():
                poids[locution][rangs[theme.code]] = POIDS[niveau]
        self._repertoire = Repertoire(self.lecteur, poids)
        self._forces = self._peser(list(poids.values()))
        self.documents = self._documents(list(poids), list(poids.values()))
        self.lecteur.apprendre(racine for document in self.documents for racine in document)

    def locutions(self, mots: Sequence[Mot]) -> tuple[Preuves, dict[int, list[Places]]]:
        """Les preuves, et par rang de thème les places des locutions, la plus forte d'abord."""
        par_theme: dict[int, list[tuple[float, Places]]] = defaultdict(list)
        for trouvee in self._repertoire.trouver(mots):
            for theme, force in self._forces[trouvee.locution].items():
                par_theme[theme].append((-force, trouvee.places))
        preuves = np.zeros(len(self.themes))
        raisons: dict[int, list[Places]] = {}
        for theme, trouvees in par_theme.items():
            preuves[theme], raisons[theme] = _sans_redite(sorted(trouvees))
        return preuves, raisons

    def _peser(self, poids: Sequence[Mapping[int, float]]) -> list[dict[int, float]]:
        """La force de chaque locution par thème ; ses deux écritures n'en font qu'une."""
        ensemble: dict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
        for cle, themes in zip(self._repertoire.cles, poids, strict=True):
            for theme, valeur in themes.items():
                ensemble[cle][theme] = max(valeur, ensemble[cle].get(theme, 0.0))
        forces = {}
        for cle, themes in ensemble.items():
            longueur, total = 1 + _PAR_MOT * (len(cle) - 1), sum(themes.values())
            forces[cle] = {
                theme: valeur * longueur * (valeur / total) ** _PARTAGE
                for theme, valeur in themes.items()
            }
        return [forces[cle] for cle in self._repertoire.cles]

    def _documents(
        self, locutions: Sequence[str], poids: Sequence[Mapping[int, float]]
    ) -> list[dict[str, float]]:
        """Les mots de chaque thème, pesés : ceux de ses locutions et de sa définition."""
        documents: list[dict[str, float]] = [defaultdict(float) for _ in self.themes]
        for locution, themes in zip(locutions, poids, strict=True):
            racines = [mot.racine for mot in self.lecteur.lire(locution)]
            for theme, valeur in themes.items():
                for racine in racines:
                    documents[theme][racine] += valeur / len(racines)
        for document, definition in zip(documents, self.definitions, strict=True):
            for mot in self.lecteur.lire(definition):
                document[mot.racine] += _DEFINITION
        return documents


def _sans_redite(trouvees: Sequence[tuple[float, Places]]) -> tuple[float, list[Places]]:
    """La somme des forces, chaque mot du texte ne comptant que pour sa meilleure locution."""
    prises: set[int] = set()
    somme, gardees = 0.0, list[Places]()
    for force_opposee, places in trouvees:
        if neuves := set(places) - prises:
            somme -= force_opposee * len(neuves) / len(places)
            gardees.append(places)
            prises |= neuves
    return somme, gardees
