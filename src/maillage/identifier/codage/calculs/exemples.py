"""Ce que les besoins déjà codés apprennent : leurs mots, leurs ressemblances, leurs habitudes."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .lexique import LexiqueLu, Preuves
from .mots import Mot

_POIDS_D_UN_MOT = 0.5
_LISSAGE = 30.0
_LISSAGE_D_HABITUDE = 1.0
_LISSAGE_DE_CONTEXTE = 10.0
_RESSEMBLANCE_DITE = 0.25
_EXTRAIT = 80
_TROP_COURANT = 400
"""Une racine de plus de besoins codés ne dit plus lesquels se ressemblent."""


@dataclass(frozen=True, slots=True)
class Exemple:
    """Un besoin déjà codé ; un thème inconnu de la nomenclature est laissé de côté."""

    texte: str
    theme: str
    secteur: str = ""
    source: str = ""


@dataclass(slots=True)
class Voisinage:
    """Les besoins d'un thème qui ressemblent assez pour être dits : combien, et le plus proche."""

    extrait: str = ""
    nombre: int = 0


class Memoire:
    """Les besoins codés, comptés une fois ; sans exemple, ne restent que les mots du lexique."""

    def __init__(self, lexique: LexiqueLu, exemples: Sequence[Exemple]) -> None:
        rangs = {code: rang for rang, code in enumerate(lexique.themes)}
        self._exemples = [(rangs[e.theme], e) for e in exemples if e.theme in rangs]
        self._lus = [(rang, lexique.lecteur.lire(e.texte)) for rang, e in self._exemples]
        self._taille = len(lexique.themes)
        self._preuves = self._apprendre_les_mots(lexique)
        self._rarete, self._postings = self._indexer()
        self._habitude, self._contextes = self._compter()

    def mots(self, mots: Sequence[Mot]) -> Preuves:
        """Somme, sur les mots du texte, du logarithme de « plus fréquent ici qu'ailleurs »."""
        lignes = [self._preuves[r] for r in sorted({m.racine for m in mots}) if r in self._preuves]
        return np.sum(lignes, axis=0) if lignes else np.zeros(self._taille)

    def voisins(self, mots: Sequence[Mot]) -> tuple[Preuves, defaultdict[int, Voisinage]]:
        """La plus forte ressemblance (0 à 1) de chaque thème, et qui la porte."""
        communs: dict[int, float] = defaultdict(float)
        for racine, poids in sorted(self._peser(mots).items()):
            for exemple, sien in self._postings.get(racine, ()):
                communs[exemple] += poids * sien
        preuves = np.zeros(self._taille)
        qui: defaultdict[int, Voisinage] = defaultdict(Voisinage)
        for exemple, ressemblance in sorted(communs.items()):
            theme, besoin = self._exemples[exemple]
            se_dit = ressemblance >= _RESSEMBLANCE_DITE
            qui[theme].nombre += se_dit
            if ressemblance > preuves[theme]:
                preuves[theme] = ressemblance
                if se_dit:
                    qui[theme].extrait = _extrait(besoin.texte)
        return preuves, qui

    def habitude(self, secteur: str, source: str) -> Preuves:
        """Fréquence des thèmes, puis leur penchant dans ce secteur et pour cette source."""
        preuves = self._habitude.copy()
        for contexte in (("secteur", secteur), ("source", source)):
            if contexte in self._contextes:
                preuves += self._contextes[contexte]
        return preuves

    def _apprendre_les_mots(self, lexique: LexiqueLu) -> dict[str, Preuves]:
        documents = [defaultdict(float, document) for document in lexique.documents]
        for theme, mots in self._lus:
            for racine in {mot.racine for mot in mots}:
                documents[theme][racine] += _POIDS_D_UN_MOT
        vocabulaire = sorted({racine for document in documents for racine in document})
        comptes = np.array([[document[racine] for racine in vocabulaire] for document in documents])
        partout = comptes.sum(axis=0) / comptes.sum()
        observe = (comptes + _LISSAGE * partout) / (comptes.sum(axis=1, keepdims=True) + _LISSAGE)
        return dict(zip(vocabulaire, np.log(observe / partout).T, strict=True))

    def _indexer(self) -> tuple[dict[str, float], dict[str, list[tuple[int, float]]]]:
        vus = Counter(racine for _, mots in self._lus for racine in {m.racine for m in mots})
        self._rarete = {racine: math.log((1 + len(self._lus)) / n) for racine, n in vus.items()}
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for rang, (_, mots) in enumerate(self._lus):
            for racine, poids in self._peser(mots).items():
                if vus[racine] <= _TROP_COURANT:
                    postings[racine].append((rang, poids))
        return self._rarete, postings

    def _peser(self, mots: Sequence[Mot]) -> dict[str, float]:
        """Le texte en vecteur TF-IDF de longueur 1."""
        absent = math.log(1 + len(self._lus))
        comptes = Counter(mot.racine for mot in mots)
        poids = {r: (1 + math.log(n)) * self._rarete.get(r, absent) for r, n in comptes.items()}
        norme = math.sqrt(sum(p * p for p in poids.values())) or 1.0
        return {racine: valeur / norme for racine, valeur in poids.items()}

    def _compter(self) -> tuple[Preuves, dict[tuple[str, str], Preuves]]:
        themes = np.array([theme for theme, _ in self._exemples], dtype=np.int64)
        comptes = np.bincount(themes, minlength=self._taille) + _LISSAGE_D_HABITUDE
        base = comptes / comptes.sum()
        groupes: dict[tuple[str, str], list[int]] = defaultdict(list)
        for theme, exemple in self._exemples:
            groupes["secteur", exemple.secteur].append(theme)
            groupes["source", exemple.source].append(theme)
        contextes = {}
        for contexte, siens in groupes.items():
            la = np.bincount(siens, minlength=self._taille) + _LISSAGE_DE_CONTEXTE * base * 10
            contextes[contexte] = np.log(la / la.sum() / base)
        return np.log(base * self._taille), contextes


def _extrait(texte: str) -> str:
    return texte if len(texte) <= _EXTRAIT else texte[:_EXTRAIT].rsplit(" ", 1)[0] + "…"
