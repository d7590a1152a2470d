"""Comment une même association change de nom quand on la déclare une seconde fois.

Parts des sortes (elles ne s'appliquent pas toujours : une sorte impossible cède sa place à la
suivante tirée) :

==================== ==== ==========================================================
identique            12   le même nom (seule l'écriture, capitales ou accents, diffère)
mot_generique        14   « association » ou « asso » ajouté, ôté ou abrégé
faute_de_frappe      14   une lettre doublée, ôtée, changée ou deux lettres échangées
ville                12   le nom suivi (ou privé) de sa commune
sigle_ajoute         10   le sigle ajouté entre parenthèses, ou ôté
abreviation           9   saint/st, sainte/ste, comité/cté, « et »/&, club/clb, ass.
mots_intervertis      7   les mots du nom dans un autre ordre
complement            7   un complément (« et loisirs », « et animation »)
mots_soudes           4   deux mots soudés, ou séparés par un tiret ou un point
sigle_seul            3   le nom réduit à son sigle pointé
deux_variations       8   deux des précédentes à la suite
==================== ==== ==========================================================
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import accumulate

from maillage.annuaire.registre.fabriquer.lieux import Lieu
from maillage.annuaire.registre.fabriquer.noms import acronyme
from maillage.annuaire.registre.fabriquer.tirage import un, un_pese

Variation = Callable[[str, str, Lieu, random.Random], str]

_ABREGES = (
    *(("Sainte", "Ste"), ("Saint", "St"), ("Comité", "Cté"), (" et ", " & "), ("Club", "Clb")),
    *(("Association", "Ass."), ("Compagnie", "Cie"), ("Société", "Sté"), ("Amicale", "Am.")),
    *(("club", "clb"), ("Groupement", "Gpt"), ("Ecole", "Ec."), ("Centre", "Ctre")),
)
_COMPLEMENTS = ("et loisirs", "et culture", "et animation", "et compagnie", "et environs")
_LETTRES = "aeinorstlu"


def varier(nom: str, sigle: str, lieu: Lieu, alea: random.Random) -> tuple[str, str, str]:
    """Le nom, le sigle et la sorte de la seconde déclaration."""
    sorte = un_pese(alea, tuple(_SORTES), _CUMUL)
    if sorte == "deux_variations":
        une, deux = alea.sample(_SIMPLES, 2)
        nouveau = _SORTES[deux][1](_SORTES[une][1](nom, sigle, lieu, alea), sigle, lieu, alea)
    else:
        nouveau = _SORTES[sorte][1](nom, sigle, lieu, alea)
    if nouveau == nom and sorte != "identique":
        return varier(nom, sigle, lieu, alea)
    garde = sigle if alea.random() < 0.6 else ""
    return nouveau, garde, sorte


def retoucher(texte: str, alea: random.Random) -> str:
    """Un objet recopié : en capitales, coupé, ou avec une faute."""
    tirage = alea.random()
    if tirage < 0.3:
        return texte.upper()
    if tirage < 0.6:
        return texte[: max(20, int(len(texte) * 0.7))]
    return _fauter(texte, alea)


def _identique(nom: str, sigle: str, lieu: Lieu, alea: random.Random) -> str:
    return nom


def _mot_generique(nom: str, sigle: str, lieu: Lieu, alea: random.Random) -> str:
    for complet in ("Association de ", "Association "):
        if nom.startswith(complet):
            return ("Asso " if alea.random() < 0.4 else "") + nom[len(complet) :]
    return ("Association ", "Asso ", "Ass. ")[int(3 * alea.random() ** 2)] + nom


def _faute(nom: str, sigle: str, lieu: Lieu, alea: random.Random) -> str:
    """Une faute dans un mot d'au moins quatre lettres (deux fautes une fois sur cinq)."""
    for _ in range(2 if alea.random() < 0.2 else 1):
        mots = nom.split(" ")
        longs = [rang for rang, mot in enumerate(mots) if len(mot) > 3]
        if not longs:
            return nom
        rang = un(alea, longs)
        mots[rang] = _fauter(mots[rang], alea)
        nom = " ".join(mots)
    return nom


def _fauter(texte: str, alea: random.Random) -> str:
    ou = 1 + int(alea.random() * (len(texte) - 2))
    tirage = alea.random()
    if tirage < 0.25:
        return texte[:ou] + texte[ou + 1 :]
    if tirage < 0.5:
        return texte[:ou] + texte[ou] + texte[ou:]
    if tirage < 0.75:
        return texte[:ou] + texte[ou + 1 : ou + 2] + texte[ou] + texte[ou + 2 :]
    return texte[:ou] + un(alea, _LETTRES) + texte[ou + 1 :]


def _ville(nom: str, sigle: str, lieu: Lieu, alea: random.Random) -> str:
    for fin in (f" {lieu.de}", f" {lieu.nom}"):
        if nom.endswith(fin):
            return nom[: -len(fin)]
    return f"{nom} ({lieu.nom})" if alea.random() < 0.3 else f"{nom} {lieu.de}"


def _sigle_ajoute(nom: str, sigle: str, lieu: Lieu, alea: random.Random) -> str:
    initiales = sigle or acronyme(nom)
    if not initiales:
        return nom
    return f"{nom} ({initiales})" if alea.random() < 0.6 else f"{'.'.join(initiales)}. {nom}"


def _sigle_seul(nom: str, sigle: str, lieu: Lieu, alea: random.Random) -> str:
    initiales = sigle or acronyme(nom)
    if not initiales:
        return nom
    return initiales if alea.random() < 0.5 else f"{'.'.join(initiales)}."


def _abreviation(nom: str, sigle: str, lieu: Lieu, alea: random.Random) -> str:
    for complet, abrege in _ABREGES:
        if complet in nom:
            return nom.replace(complet, abrege)
    return nom


def _interversion(nom: str, sigle: str, lieu: Lieu, alea: random.Random) -> str:
    mots = nom.split(" ")
    if len(mots) < 3:
        return " ".join(reversed(mots))
    ou = 1 + int(alea.random() * (len(mots) - 1))
    return " ".join(mots[ou:] + mots[:ou])


def _complement(nom: str, sigle: str, lieu: Lieu, alea: random.Random) -> str:
    return f"{nom} {un(alea, _COMPLEMENTS)}"


def _soudure(nom: str, sigle: str, lieu: Lieu, alea: random.Random) -> str:
    coupes = [m.start() for m in re.finditer("[ '-]", nom)]
    if not coupes:
        return nom
    ou = un(alea, coupes)
    return nom[:ou] + un(alea, ("", "-", ".")) + nom[ou + 1 :]


_SORTES: dict[str, tuple[int, Variation]] = {
    "identique": (12, _identique),
    "mot_generique": (14, _mot_generique),
    "faute_de_frappe": (14, _faute),
    "ville": (12, _ville),
    "sigle_ajoute": (10, _sigle_ajoute),
    "abreviation": (9, _abreviation),
    "mots_intervertis": (7, _interversion),
    "complement": (7, _complement),
    "mots_soudes": (4, _soudure),
    "sigle_seul": (3, _sigle_seul),
    "deux_variations": (8, _identique),
}
_CUMUL = list(accumulate(poids for poids, _ in _SORTES.values()))
_SIMPLES = tuple(s for s in _SORTES if s not in ("identique", "sigle_seul", "deux_variations"))
