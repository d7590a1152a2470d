"""Des mots écrits comme on parle aux racines que l'on compare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_ACCENT = re.compile("[\u0300-\u036f]+")
_MOT = re.compile(r"[a-z]+|\d+")
_SIGLE = re.compile(r"\b[A-Z]{2,6}\b")
_DOUBLEES = re.compile(r"(.)\1")
_FINS = (
    "issements issement atrices atrice ateurs ateur ations ation itions ition utions ution "
    "ements ement ments euses euse eurs eur ives ive ifs if ites ite ances ance ences ence "
    "ables able ibles ible istes iste ismes isme ages age iques ique elles elle els el "
    "aux ales ale als al ieres iere iers ier eres ere ers iennes ienne iens ien "
    "eraient eront erions erait erais aient antes ante ants ant ions iez ons ees ee es er "
    "ez ent ir irait iront issent issant it is ait ais ures ure s e x"
)
_TERMINAISONS = sorted(_FINS.split(), key=lambda fin: (-len(fin), fin))
_RACINE_MINIMALE = 4
_MOT_COURT = 4
_FAUTE_PERMISE_DES = 6
_LUS_GARDES = 100_000
_SENS = "~"


def decouper(texte: str) -> list[str]:
    """Les mots, sans accent ni élision : « L’École d’été » → l, ecole, d, ete."""
    lisse = unicodedata.normalize("NFKD", texte.translate(_LIGATURES).lower())
    return _MOT.findall(_ACCENT.sub("", lisse))


@lru_cache(maxsize=100_000)
def raciner(mot: str) -> str:
    """La racine d'un mot sans accent ; une lettre doublée y compte une fois (« adresse »)."""
    mot = _DOUBLEES.sub(r"\1", mot)
    if len(mot) <= _MOT_COURT:
        return mot.removesuffix("s") if len(mot) == _MOT_COURT else mot
    for fin in _TERMINAISONS:
        if mot.endswith(fin) and len(mot) - len(fin) >= _RACINE_MINIMALE:
            return mot[: -len(fin)]
    return mot


@dataclass(frozen=True, slots=True)
class Mot:
    """Un mot qui compte : tel qu'écrit, sa racine, et le sens qu'il partage avec ses voisins.

    Le sens commence par « ~ » : il ne se confond pas avec une racine.
    """

    ecrit: str
    racine: str
    sens: str


class Lecteur:
    """Lit un texte mot à mot, avec les équivalences du lexique et une faute par mot long.

    ``connus`` nourrit la tolérance : une racine inconnue, à une lettre d'une seule racine connue,
    est lue comme elle.
    """

    def __init__(
        self,
        formes: Iterable[Iterable[str]],
        equivalences: Iterable[Iterable[str]],
        vides: Iterable[str],
    ) -> None:
        self._vides = {mot for vide in vides for mot in decouper(vide)}
        self._formes: dict[str, str] = {}
        for classe in formes:
            mots = [mots[0] for mot in classe if len(mots := decouper(mot)) == 1]
            self._formes.update({mot: raciner(mots[0]) for mot in mots})
        self._sens: dict[str, str] = {}
        for classe in equivalences:
            racines = [self._racine(mots[0]) for mot in classe if len(mots := decouper(mot)) == 1]
            for racine in racines:
                self._sens.setdefault(racine, self._sens.get(racines[0], racines[0]))
        self._connus: set[str] = set()
        self._lus: dict[str, Mot] = {}
        self._proches: dict[str, set[str]] = {}

    def apprendre(self, racines: Iterable[str]) -> None:
        """Ajoute des racines à celles qu'une faute peut cacher."""
        self._lus.clear()
        for racine in set(racines) - self._connus:
            self._connus.add(racine)
            if len(racine) >= _FAUTE_PERMISE_DES:
                for clef in _moins_une_lettre(racine):
                    self._proches.setdefault(clef, set()).add(racine)

    def lire(self, texte: str) -> list[Mot]:
        """Les mots qui comptent, dans l'ordre, fautes courantes corrigées."""
        mots = []
        sigles = {sigle.lower() for sigle in _SIGLE.findall(texte)}
        for ecrit in decouper(texte):
            if ecrit not in self._vides or ecrit in sigles:
                mots.append(self._lus.get(ecrit) or self._comprendre(ecrit))
        return mots

    def _comprendre(self, ecrit: str) -> Mot:
        racine = self._corriger(self._racine(ecrit))
        mot = Mot(ecrit, racine, _SENS + self._sens.get(racine, racine))
        if len(self._lus) < _LUS_GARDES:
            self._lus[ecrit] = mot
        return mot

    def _racine(self, mot: str) -> str:
        return self._formes.get(mot) or raciner(mot)

    def _corriger(self, racine: str) -> str:
        if racine in self._connus or len(racine) < _FAUTE_PERMISE_DES:
            return racine
        candidats = {c for clef in _moins_une_lettre(racine) for c in self._proches.get(clef, ())}
        return candidats.pop() if len(candidats) == 1 else racine


def _moins_une_lettre(mot: str) -> Iterator[str]:
    yield mot
    for i in range(len(mot)):
        yield mot[:i] + mot[i + 1 :]
