"""Graphiques en SVG, dessinés au serveur (docs/decisions/0006).

`leather` calcule les échelles et les axes. Les couleurs sont celles du thème, données par nos
feuilles de style : aucun style en ligne, et le sombre suit. Un graphique n'est jamais seul : son
tableau est juste dessous.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from math import ceil
from xml.etree import ElementTree

import leather
from django.utils.safestring import SafeString, mark_safe

from maillage.socle.mots import abreger
from maillage.socle.quantites import ecrire_nombre

LARGEUR = 340
HAUTEUR = 230
BARRE = 30
CADRE = 60
MARGE = 24
ETIQUETTE = 18
SERIES = ("var(--serie-1)", "var(--serie-2)", "var(--serie-3)")
Serie = tuple[str, Sequence[float]]


def colonnes(nom: str, titre: str, description: str, cles: Sequence[str], *series: Serie) -> str:
    """Des colonnes verticales ; les séries se superposent, de la plus haute à la plus basse."""
    pas = max(1, -(-len(cles) // 6))
    montrees = set(range(len(cles) - 1, -1, -pas))
    dessin = leather.Chart()
    for rang, (libelle, valeurs) in enumerate(series):
        points = list(zip(cles, valeurs, strict=True))
        dessin.add_columns(points, name=libelle, fill_color=SERIES[rang])
    reperes = _reperes(max(max(valeurs) for _, valeurs in series))
    dessin.add_x_axis(tick_formatter=_une_sur(montrees))
    dessin.set_y_scale(_Echelle(reperes))
    dessin.set_y_axis(leather.Axis(ticks=reperes, tick_formatter=_nombre))
    return _svg(nom, titre, description, dessin, HAUTEUR)


def barres(nom: str, titre: str, description: str, cles: Sequence[str], *series: Serie) -> str:
    """Des barres horizontales, une par clé."""
    dessin = leather.Chart()
    etiquettes = _distinctes([abreger(cle, ETIQUETTE) for cle in cles])
    for rang, (libelle, valeurs) in enumerate(series):
        points = list(zip(valeurs, etiquettes, strict=True))
        dessin.add_bars(points, name=libelle, fill_color=SERIES[rang])
    reperes = _reperes(max(max(valeurs) for _, valeurs in series))
    dessin.set_x_scale(_Echelle(reperes))
    dessin.set_x_axis(leather.Axis(ticks=reperes, tick_formatter=_nombre))
    return _svg(nom, titre, description, dessin, CADRE + MARGE + BARRE * len(cles))


class _Echelle(leather.Linear):
    """De zéro au plus grand repère ; celle de `leather` cherche d'abord les siens, ce qui coûte."""

    def __init__(self, reperes: Sequence[int]) -> None:
        self.plus_grand = reperes[-1]
        self.reperes = reperes

    def contains(self, v: float) -> bool:
        return 0 <= v <= self.plus_grand

    def project(self, value: float, range_min: float, range_max: float) -> float:
        return round(float(range_min + (range_max - range_min) * value / self.plus_grand), 2)

    def ticks(self) -> Sequence[int]:
        return self.reperes


def _distinctes(etiquettes: Sequence[str]) -> list[str]:
    """Deux noms abrégés de même se suivraient sur une seule barre."""
    vues: dict[str, int] = {}
    for etiquette in etiquettes:
        vues[etiquette] = vues.get(etiquette, 0) + 1
    restants = dict(vues)
    uniques = []
    for etiquette in etiquettes:
        rang = vues[etiquette] - restants[etiquette] + 1
        restants[etiquette] -= 1
        uniques.append(etiquette if vues[etiquette] == 1 else f"{etiquette} {rang}")
    return uniques


def _une_sur(montrees: set[int]) -> Callable[[str, int, int], str]:
    return lambda valeur, rang, _combien: str(valeur) if rang in montrees else ""


def _reperes(au_plus: float) -> list[int]:
    """Cinq repères au plus, entiers et ronds, de zéro au-delà du plus grand."""
    plus_grand = ceil(au_plus)
    pas = next(p for p in _pas_ronds() if p * 4 >= plus_grand)
    return list(range(0, pas * (-(-plus_grand // pas) or 1) + 1, pas))


def _pas_ronds() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50…"""
    return (base * 10**rang for rang in count() for base in (1, 2, 5))


def _nombre(valeur: int, _rang: int, _combien: int) -> str:
    return ecrire_nombre(valeur)


def _svg(nom: str, titre: str, description: str, dessin: leather.Chart, hauteur: int) -> SafeString:
    """Le dessin, son titre et sa description pour les aides techniques."""
    racine = ElementTree.Element(
        "svg",
        {
            "class": "graphique",
            "viewBox": f"0 0 {LARGEUR} {hauteur}",
            "role": "img",
            "aria-labelledby": f"{nom}-titre {nom}-description",
        },
    )
    ElementTree.SubElement(racine, "title", id=f"{nom}-titre").text = titre
    ElementTree.SubElement(racine, "desc", id=f"{nom}-description").text = description
    racine.append(dessin.to_svg_group(LARGEUR, hauteur))
    return mark_safe(ElementTree.tostring(racine, encoding="unicode"))  # noqa: S308 - texte échappé
