"""Ce que tapent des personnes qui cherchent : des noms du registre, des communes, des fautes."""

from __future__ import annotations

import random

from maillage.annuaire.models import EntreeDuRegistre
from maillage.annuaire.recherche.mots import lire

PREMIERES, PAS = 3, 3
"""Lettres tapées avant le premier envoi, puis entre deux envois."""
_LETTRES = "abcdefghijklmnopqrstuvwxyz"


def tirer(combien: int, alea: random.Random) -> list[EntreeDuRegistre]:
    """Des entrées en activité, prises au hasard dans tout le registre."""
    lues = list(
        EntreeDuRegistre.objects.raw(
            "SELECT numero, nom, nom_normalise, lieu, commune_id FROM annuaire_entreeduregistre"
            " TABLESAMPLE BERNOULLI (%s) REPEATABLE (4) WHERE active",
            [min(100, 300 * combien / max(1, EntreeDuRegistre.objects.count()))],
        )
    )
    return alea.sample(lues, min(combien, len(lues)))


def nom_tape(entree: EntreeDuRegistre, *, commune: bool) -> str:
    """Son nom comme on le dit, en minuscules ; avec sa commune si on la précise."""
    nom = entree.nom.lower()
    return f"{nom} {entree.lieu.lower()}" if commune else nom


def fauter(texte: str, alea: random.Random) -> str:
    """Le texte, une lettre ôtée, ajoutée, changée ou intervertie dans l'un de ses mots utiles."""
    mots = texte.split()
    longs = [i for i, mot in enumerate(mots) if len(mot) >= 5 and mot.isalpha() and lire(mot).mots]
    if not longs:
        return texte
    rang = alea.choice(longs)
    mots[rang] = _fauter(mots[rang], alea)
    return " ".join(mots)


def _fauter(mot: str, alea: random.Random) -> str:
    place, lettre = alea.randrange(1, len(mot) - 1), alea.choice(_LETTRES)
    return alea.choice(
        (
            mot[:place] + mot[place + 1 :],
            mot[:place] + lettre + mot[place:],
            mot[:place] + lettre + mot[place + 1 :],
            mot[:place] + mot[place + 1] + mot[place] + mot[place + 2 :],
        )
    )


def frappes(texte: str) -> list[str]:
    """Ce qui part à chaque envoi, de la première lettre utile au texte entier."""
    return [texte[:fin] for fin in (*range(PREMIERES, len(texte), PAS), len(texte))]
