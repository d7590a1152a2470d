"""Lire des chiffres annuels : des parts qui font ou non leur tout, une année à côté d'une autre.

L'inconnu n'est jamais compté pour zéro, et un approché ne fait pas d'écart qu'on puisse affirmer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from maillage.socle.mots import compter, enumerer
from maillage.socle.quantites import FINE, Precision, Quantite, Total, ecrire_nombre, meler

TOLERANCE = Decimal("0.05")
"""Part du tout en deçà de laquelle un approché ne fait pas d'écart."""
POURCENTS_DES = 20
"""En deçà, un pourcentage ferait beaucoup de bruit pour une personne."""


@dataclass(frozen=True, slots=True)
class Part:
    """Une part d'un tout ; `hors` : le tout peut aussi bien ne pas la compter."""

    libelle: str
    quantite: Quantite
    hors: bool = False


def ecart(tout: Quantite, parts: Sequence[Part], nom_du_tout: str) -> str:
    """Ce qui sépare les parts de leur tout, en une phrase ; vide si rien n'est à dire.

    Une part « hors » (le bénévolat valorisé) peut être comptée ou non dans le tout : il n'y a pas
    d'écart tant que le tout est entre la somme sans elle et la somme avec elle.
    """
    total = Total.de((p.quantite for p in parts), tout.unite)
    if tout.valeur is None or not total.connues:
        return ""
    exactes = meler([tout.precision, total.precision]) == Precision.EXACT
    marge = Decimal(1) if exactes else tout.valeur * TOLERANCE
    haut = total.valeur
    bas = sum((p.quantite.valeur or Decimal(0) for p in parts if not p.hors), Decimal(0))

    def ecrire(somme: Decimal, precision: Precision = total.precision) -> Quantite:
        return Quantite(somme, precision, tout.unite)

    de_l_ecart = Precision.EXACT if exactes else Precision.ENVIRON
    if bas > tout.valeur + marge:
        plus = ecrire(bas - tout.valeur, de_l_ecart)
        return f"Les parts font {ecrire(bas)}, soit {plus} de plus que {nom_du_tout}."
    if haut >= tout.valeur - marge:
        return ""
    if tus := [p.libelle for p in parts if not p.quantite.connue]:
        dits = f"Les parts connues font {ecrire(haut)} sur {tout}"
        return f"{dits} ; pas encore dit : {enumerer(tus)}."
    manque = ecrire(tout.valeur - haut, de_l_ecart)
    return f"Les parts font {ecrire(haut)} : il manque {manque} pour faire {nom_du_tout}."


def variation(avant: Quantite, apres: Quantite) -> str:
    """« +12 000 € (+12 %) », « −2 », « stable » ; vide si l'une des deux est inconnue."""
    if avant.valeur is None or apres.valeur is None:
        return ""
    difference = apres.valeur - avant.valeur
    if not difference:
        return "stable"
    signe = "+" if difference > 0 else "−"
    precision = meler([avant.precision, apres.precision])
    monnaie = apres.unite if apres.unite == "€" else ""
    environ = "" if precision == Precision.EXACT else "environ "
    dite = f"{environ}{signe}{Quantite(abs(difference), unite=monnaie)}"
    if avant.valeur < POURCENTS_DES:
        return dite
    pourcents = abs(difference) * 100 / avant.valeur
    return f"{dite} ({signe}{ecrire_nombre(round(pourcents))}{FINE}%)"


def comparer(
    avant: Sequence[tuple[str, Quantite]], apres: Sequence[tuple[str, Quantite]]
) -> tuple[list[tuple[str, str]], str]:
    """Par libellé, ce qui a changé ; puis la phrase de ce que l'une des deux années ne dit pas."""
    lus = [(nom, variation(a, b)) for (nom, a), (_, b) in zip(avant, apres, strict=True)]
    moitie = sum(a.connue != b.connue for (_, a), (_, b) in zip(avant, apres, strict=True))
    dits = compter(moitie, "chiffre connu", "chiffres connus")
    tus = f"{dits} une seule des deux années." if moitie else ""
    return [(nom, dite) for nom, dite in lus if dite], tus
