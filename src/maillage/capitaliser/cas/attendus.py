"""Les chiffres attendus : relevés dans les sources par une autre main que celle des cas."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from maillage.socle.quantites import CENTIEME, Precision, Quantite

FICHIER = "attendus.csv"


class AttendusIllisibles(Exception):
    """Le fichier des attendus manque, ou une de ses lignes ne se comprend pas."""


@dataclass(frozen=True, slots=True)
class Attendu:
    """Une ligne d'`attendus.csv` (`docs/cas.md` en donne la convention).

    `mission` : son rang, à partir de 1 ; None pour un chiffre du cas entier. `valeur` est écrite
    comme dans le fichier ; `source` et `ligne` disent où la source le donne.
    """

    cas: str
    mission: int | None
    chiffre: str
    valeur: str
    unite: str
    precision: str
    source: str
    ligne: str
    quoi: str

    @property
    def quantite(self) -> Quantite:
        """La valeur et sa précision ; une fraction (« 2/3 ») se lit en centièmes."""
        if not self.valeur:
            return Quantite.inconnue(self.unite)
        dessus, _, dessous = self.valeur.partition("/")
        nombre = Decimal(dessus) * 100 / Decimal(dessous) if dessous else Decimal(dessus)
        return Quantite(nombre.quantize(CENTIEME), Precision(self.code_de_precision), self.unite)

    @property
    def code_de_precision(self) -> str:
        return self.precision.replace(" ", "_")

    def __str__(self) -> str:
        ou = f", mission {self.mission}" if self.mission else ""
        return f"{self.cas}{ou}, {self.chiffre} ({self.source}, l. {self.ligne})"


def lire_attendus(dossier: Path) -> list[Attendu]:
    """Les attendus de ce dossier. Lève `AttendusIllisibles` avec la ligne."""
    chemin = dossier / FICHIER
    try:
        with chemin.open(encoding="utf-8", newline="") as fichier:
            return [_attendu(rang, ligne) for rang, ligne in enumerate(csv.DictReader(fichier), 2)]
    except (OSError, UnicodeDecodeError, csv.Error) as erreur:
        raise AttendusIllisibles(f"{chemin.name} ne s’ouvre pas ({erreur}).") from erreur


def _attendu(rang: int, ligne: dict[str, str]) -> Attendu:
    try:
        if None in ligne.values():
            raise ValueError("il manque des colonnes")
        dit = {cle: ligne[cle] for cle in Attendu.__slots__ if cle != "mission"}
        attendu = Attendu(mission=int(ligne["mission"]) if ligne["mission"] else None, **dit)
        if attendu.mission is not None and attendu.mission < 1:
            raise ValueError("une mission a un rang, à partir de 1")
        if attendu.chiffre != "texte":
            _ = attendu.quantite
    except (KeyError, TypeError, ValueError, ArithmeticError) as erreur:
        raise AttendusIllisibles(f"{FICHIER}, ligne {rang} : {erreur}.") from erreur
    return attendu
