"""Les témoins : ce que donnent des moyens simples sur les mêmes textes, dans la même mesure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from maillage.config.mesurer.besoins.lecture import Ligne
from maillage.identifier.codage.calculs import LexiqueLu
from maillage.identifier.codage.calculs.mots import decouper

Matrice = npt.NDArray[np.float64]

_LIEN_MINIMAL = 0.2
"""Ressemblance moyenne en dessous de laquelle deux amas ne se réunissent plus."""


def tfidf(appris: Sequence[str], autres: Sequence[str]) -> tuple[Matrice, Matrice]:
    """Les textes en vecteurs TF-IDF de longueur 1 sur les mots des premiers : formes (n, mots)."""
    vocabulaire = {m: i for i, m in enumerate(sorted({m for t in appris for m in decouper(t)}))}
    comptes = _compter(appris, vocabulaire)
    rarete = np.log((1 + len(appris)) / (1 + (comptes > 0).sum(axis=0))) + 1
    return _normer(comptes * rarete), _normer(_compter(autres, vocabulaire) * rarete)


def plus_proche_voisin(appris: Sequence[Ligne], juges: Sequence[Ligne]) -> list[list[str]]:
    """Pour chaque besoin jugé, les thèmes des besoins appris, du plus ressemblant au moins."""
    connus, autres = tfidf([ligne.texte for ligne in appris], [ligne.texte for ligne in juges])
    ordres = np.argsort(-(autres @ connus.T), axis=1, kind="stable")
    return [list(dict.fromkeys(appris[i].theme for i in ordre)) for ordre in ordres]


def definitions(lexique: LexiqueLu, juges: Sequence[Ligne]) -> list[list[str]]:
    """Pour chaque besoin jugé, les thèmes dont le libellé et l'aide ont le plus de ses mots."""
    lire = lexique.lecteur.lire
    textes = [" ".join(m.racine for m in lire(ligne.texte)) for ligne in juges]
    modeles = [" ".join(m.racine for m in lire(texte)) for texte in lexique.definitions]
    connus, autres = tfidf(modeles, textes)
    ordres = np.argsort(-(autres @ connus.T), axis=1, kind="stable")
    return [[lexique.themes[i] for i in ordre] for ordre in ordres]


def agglomerer(textes: Sequence[str]) -> list[int]:
    """L'amas de chaque texte : agglomération à lien moyen sur TF-IDF (matrice n×n : un témoin)."""
    vecteurs, _ = tfidf(textes, [])
    liens = vecteurs @ vecteurs.T
    np.fill_diagonal(liens, -np.inf)
    amas, tailles = list(range(len(textes))), np.ones(len(textes))
    while len(textes) > 1:
        a, b = sorted(int(i) for i in np.unravel_index(np.argmax(liens), liens.shape))
        if liens[a, b] < _LIEN_MINIMAL:
            break
        moyenne = (tailles[a] * liens[a] + tailles[b] * liens[b]) / (tailles[a] + tailles[b])
        liens[a], liens[:, a] = moyenne, moyenne
        liens[b], liens[:, b], liens[a, a] = -np.inf, -np.inf, -np.inf
        tailles[a] += tailles[b]
        amas = [a if place == b else place for place in amas]
    return amas


def _compter(textes: Sequence[str], vocabulaire: dict[str, int]) -> Matrice:
    comptes = np.zeros((len(textes), len(vocabulaire)))
    for rang, texte in enumerate(textes):
        for mot in decouper(texte):
            if mot in vocabulaire:
                comptes[rang, vocabulaire[mot]] += 1
    return comptes


def _normer(lignes: Matrice) -> Matrice:
    normes = np.linalg.norm(lignes, axis=1, keepdims=True)
    return lignes / np.where(normes == 0, 1, normes)
