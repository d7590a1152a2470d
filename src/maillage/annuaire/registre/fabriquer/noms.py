"""Composer des noms propres à leur commune, des sigles et des objets."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import accumulate

from maillage.annuaire.registre.fabriquer import mots
from maillage.annuaire.registre.fabriquer.domaines import DOMAINES, Domaine
from maillage.annuaire.registre.fabriquer.lieux import Lieu, de
from maillage.annuaire.registre.fabriquer.tirage import un, un_pese

_PETITS = frozenset(("de", "du", "des", "la", "le", "les", "et", "en", "à", "au", "aux", "sur"))
_TROU = re.compile(r"\{(\w+)\}")
_CUMUL = list(accumulate(d.poids for d in DOMAINES))
_RONDE = mots.COMPLEMENTS * 2


class Noms:
    """Tire les noms d'un département ; retient ceux déjà pris, commune par commune."""

    def __init__(self, alea: random.Random) -> None:
        self.alea = alea
        self._pris: set[str] = set()
        self._trous: dict[str, Callable[[Lieu], str]] = {
            "ville": lambda lieu: lieu.nom,
            "de": lambda lieu: lieu.de,
            "lieu": self.lieu_dit,
            "mot": lambda _: self.mot(),
            "image": lambda _: f"{self._un(mots.IMAGES)} {self._un(mots.COULEURS)}",
            "an": lambda _: str(1930 + int(90 * self.alea.random())),
        }

    def domaine(self) -> Domaine:
        return un_pese(self.alea, DOMAINES, _CUMUL)

    def neuf(self, domaine: Domaine, lieu: Lieu) -> str:
        """Un nom que personne d'autre ne porte dans cette commune."""
        nom = self._remplir(self._un(domaine.noms), lieu)
        if self.alea.random() < 0.08 and not nom.startswith("Association"):
            nom = f"Association {nom}"
        return self.reserver(lieu, nom)

    def reserver(self, lieu: Lieu, nom: str) -> str:
        """Ce nom, ou le même précisé d'un quartier ou d'un mot s'il est déjà pris là.

        « Association X » n'est pas un autre nom que « X ».
        """
        propose = nom
        while (cle := lieu.code + propose.removeprefix("Association ")) in self._pris:
            precision = self._un(mots.QUARTIERS) if self.alea.random() < 0.3 else self.mot()
            propose = f"{nom} {precision}"
        self._pris.add(cle)
        return propose

    def mot(self) -> str:
        """Un mot inventé : « Valorane », « Kerdia »."""
        return self._un(mots.DEBUTS) + self._un(mots.MILIEUX) + self._un(mots.FINS)

    def lieu_dit(self, _: Lieu) -> str:
        """« du Moulin Vert », « des Vignes de Fontclaire »."""
        element, qualificatif = self._un(mots.ELEMENTS_DE_LIEU), self._un(mots.QUALIFICATIFS)
        if self.alea.random() < 0.4:
            return f"{element} {de(self.mot())}"
        return f"{element} {qualificatif}"

    def objet(self, domaine: Domaine) -> str:
        """Une à cinq phrases, mal ponctuées comme au registre ; parfois sur plusieurs lignes."""
        alea = self.alea
        morceaux = [f"{self._un(domaine.activites)} {self._un(mots.PUBLICS)}"]
        debut = int(len(mots.COMPLEMENTS) * alea.random())
        morceaux += _RONDE[debut : debut + int(5 * alea.random())]
        texte = (" ,  " if alea.random() < 0.5 else " ; ").join(morceaux)
        if alea.random() < 0.03:
            texte = texte.replace(" ;", "\n-", 1).replace(" ,", "\r\n-", 1)
        return texte

    def _remplir(self, modele: str, lieu: Lieu) -> str:
        return _TROU.sub(lambda trou: self._trous[trou[1]](lieu), modele)

    def _un(self, choix: tuple[str, ...]) -> str:
        return un(self.alea, choix)


def acronyme(nom: str) -> str:
    """Les initiales des mots pleins ; vide s'il y en a moins de trois."""
    initiales = [m[0] for m in re.split(r"[\s'-]+", nom) if m and m.lower() not in _PETITS]
    return "".join(initiales).upper() if len(initiales) > 2 else ""
