"""Situer un besoin : son thème le plus vraisemblable, et lequel des besoins ordinaires sous lui."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from maillage.identifier.codage.calculs import Codeur, LexiqueLu
from maillage.identifier.codage.calculs.expressions import Repertoire
from maillage.identifier.codage.calculs.mots import decouper
from maillage.methode.notions.lexique import Lexique

_ENTIERS = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Besoin:
    """Un besoin exprimé ; `theme` est vide tant que personne ne l'a codé."""

    id: str
    texte: str
    secteur: str = ""
    source: str = ""
    territoire: str = ""
    date: date | None = None
    theme: str = ""


@dataclass(frozen=True, slots=True)
class BesoinSitue:
    """Un besoin et sa place ; `facette` vide quand aucun mot ne dit lequel c'est sous le thème."""

    besoin: Besoin
    theme: str
    certitude: float
    facette: str
    mots: tuple[str, ...]


class Situeur:
    """Situe un besoin après l'autre ; le thème retenu par une personne l'emporte sur tout."""

    def __init__(self, lexique: Lexique, lu: LexiqueLu, codeur: Codeur) -> None:
        self._lu = lu
        self._codeur = codeur
        self._facettes = {
            theme.theme: [
                (facette.libelle, Repertoire(lu.lecteur, facette.mots))
                for facette in theme.facettes
            ]
            for theme in lexique.facettes.themes
        }

    def situer(self, besoin: Besoin) -> BesoinSitue:
        """La place du besoin ; `certitude` (0 à 1) vaut 1 quand le thème est déjà codé."""
        mots = self._lu.lecteur.lire(besoin.texte)
        theme, certitude = besoin.theme, 1.0
        if not theme:
            theme, certitude = self._codeur.premier(mots, besoin.secteur, besoin.source)
        meilleure, places = "", set[int]()
        for libelle, repertoire in self._facettes.get(theme, ()):
            trouvees = {p for t in repertoire.trouver(mots) for p in t.places}
            if len(trouvees) > len(places):
                meilleure, places = libelle, trouvees
        lus = [mots[p].ecrit for p in sorted(places)]
        return BesoinSitue(besoin, theme, certitude, meilleure, _avec_accents(lus, besoin.texte))


def _avec_accents(lus: list[str], texte: str) -> tuple[str, ...]:
    """Les mots comme la personne les a écrits : c'est à elle qu'on les redit (« découvert »).

    Un mot composé reste entier (« mi-temps ») ; de deux lettres, seul un sigle dit quelque chose.
    """
    if not lus:
        return ()
    entiers = _ENTIERS.findall(texte)
    ecrits = {sans: mot.lower() for mot in entiers for sans in decouper(mot)}
    sigles = {mot.lower() for mot in entiers if mot.isupper()}
    dits = dict.fromkeys(ecrits.get(lu, lu) for lu in lus)
    return tuple(mot for mot in dits if len(mot) > 2 or mot in sigles)
