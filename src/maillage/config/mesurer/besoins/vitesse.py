"""La vitesse du regroupement, en nombre de fois une vectorisation TF-IDF des mêmes textes."""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from datetime import date

from maillage import methode
from maillage.identifier.codage.calculs import Codeur, LexiqueLu
from maillage.identifier.codage.calculs.mots import decouper
from maillage.identifier.regroupement.calculs import Besoin, Situeur, regrouper
from maillage.methode.notions.lexique import Lexique

_LOCUTIONS = 5
_AUTRES_MOTS = 12
_DEPARTEMENTS = 96


def mesurer_la_vitesse(signaux: int) -> dict[str, float]:
    """Secondes des deux, et leur rapport, sur autant de signaux fabriqués (graine fixe)."""
    lexique = methode.lexique_des_besoins()
    lu = LexiqueLu(methode.themes(), lexique)
    situeur = Situeur(lexique, lu, Codeur(lu))
    besoins = _fabriquer(lexique, signaux)
    debut = time.perf_counter()
    _vectoriser([besoin.texte for besoin in besoins])
    simple = time.perf_counter() - debut
    debut = time.perf_counter()
    groupes = regrouper(situeur.situer(besoin) for besoin in besoins)
    notre = time.perf_counter() - debut
    return {
        "signaux": signaux,
        "groupes": len(groupes),
        "secondes": round(notre, 2),
        "secondes_tfidf": round(simple, 2),
        "rapport": round(notre / simple, 1),
    }


def _fabriquer(lexique: Lexique, combien: int) -> list[Besoin]:
    """Des textes d'environ 170 signes : des locutions d'un thème, des mots de tous."""
    tirage = random.Random(5)  # noqa: S311 (des textes d'essai, non un secret)
    themes = [[locution for _, locution in theme.pesees()] for theme in lexique.themes]
    mots = sorted({mot for locutions in themes for loc in locutions for mot in loc.split()})
    return [
        Besoin(
            id=f"S{rang:06}",
            texte=" ".join(
                tirage.sample(tirage.choice(themes), _LOCUTIONS)
                + tirage.choices(mots, k=_AUTRES_MOTS)
            ),
            territoire=str(tirage.randrange(_DEPARTEMENTS)),
            date=date(2020 + tirage.randrange(6), 1, 1),
        )
        for rang in range(combien)
    ]


def _vectoriser(textes: list[str]) -> list[dict[str, float]]:
    comptes = [Counter(decouper(texte)) for texte in textes]
    vus = Counter(mot for compte in comptes for mot in compte)
    rarete = {mot: math.log(len(textes) / nombre) for mot, nombre in vus.items()}
    vecteurs = []
    for compte in comptes:
        poids = {mot: nombre * rarete[mot] for mot, nombre in compte.items()}
        norme = math.sqrt(sum(valeur * valeur for valeur in poids.values())) or 1.0
        vecteurs.append({mot: valeur / norme for mot, valeur in poids.items()})
    return vecteurs
