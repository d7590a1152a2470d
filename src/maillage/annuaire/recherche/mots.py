"""Lire ce qui se tape : des mots utiles, ce qui se vaut, un numéro ; une faute de frappe."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maillage.annuaire import nomenclatures
from maillage.socle.normalisation import normaliser

MOTS_AU_PLUS = 8
MOT_LONG = 40
_LUE = nomenclatures.lire("recherche.yaml")
VIDES = frozenset(_LUE["vides"])
_EGAUX = {mot: frozenset(groupe) for groupe in _LUE["egaux"] for mot in groupe}
_LETTRES = re.compile(r"\b([a-z]) (?=[a-z]\b)")
_NUMERO = re.compile(r"W[0-9A-Z]{4,9}|[0-9]{6,14}")


@dataclass(frozen=True, slots=True)
class Saisie:
    """Les mots utiles d'une saisie, dans l'ordre ; `en_cours` : le dernier est un début de mot.

    `numero` est ce qui se tape s'il ressemble à un RNA, un SIREN ou un SIRET, entier ou non ;
    `banale` : rien encore que des mots comme « association », qui désignent tout le monde.
    """

    phrase: str
    mots: tuple[str, ...]
    en_cours: bool
    numero: str = ""
    banale: bool = False

    def __bool__(self) -> bool:
        return bool(self.mots)


def lire(texte: str) -> Saisie:
    """« asso du Théatre » → « theatre » ; sans autre mot, les mots vides comptent aussi."""
    phrase = _LETTRES.sub(r"\1", normaliser(texte))
    ecrits = [mot[:MOT_LONG] for mot in phrase.split()]
    parlants = [mot for mot in ecrits if mot not in VIDES]
    utiles = parlants or ecrits
    en_cours = bool(utiles) and utiles[-1] == ecrits[-1] and not texte[-1:].isspace()
    compact = phrase.replace(" ", "").upper()
    numero = compact if _NUMERO.fullmatch(compact) and re.search(r"\d{3}", compact) else ""
    mots = tuple(dict.fromkeys(utiles))[:MOTS_AU_PLUS]
    return Saisie(phrase, mots, en_cours, numero, banale=not parlants)


def formes(mot: str) -> frozenset[str]:
    """Le mot, son singulier, ses pluriels simples et ce qui s'écrit pour lui."""
    nombres = {mot, f"{mot}s", f"{mot}x"}
    if len(mot) > 3 and mot[-1] in "sx":
        nombres.add(mot[:-1])
    if len(mot) > 4 and mot.endswith("aux"):
        nombres.add(f"{mot[:-3]}al")
    if len(mot) > 3 and mot.endswith("al"):
        nombres.add(f"{mot[:-2]}aux")
    return frozenset(nombres | _EGAUX.get(mot, frozenset()))


def a_une_faute(mot: str, autre: str) -> bool:
    """Une lettre ôtée, ajoutée ou changée, ou deux voisines interverties, les séparent."""
    if mot == autre or abs(len(mot) - len(autre)) > 1:
        return False
    debut = _commun(mot, autre)
    mot, autre = mot[debut:], autre[debut:]
    fin = _commun(mot[::-1], autre[::-1])
    reste, reste_autre = mot[: len(mot) - fin], autre[: len(autre) - fin]
    if len(reste) == len(reste_autre) == 2:
        return reste == reste_autre[::-1]
    return len(reste) <= 1 and len(reste_autre) <= 1


def _commun(mot: str, autre: str) -> int:
    """Le nombre de premières lettres communes."""
    for rang, (une, deux) in enumerate(zip(mot, autre, strict=False)):
        if une != deux:
            return rang
    return min(len(mot), len(autre))
