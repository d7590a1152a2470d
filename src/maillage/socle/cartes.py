"""Cartes en SVG, dessinées au serveur : des contours, et un disque par lieu.

L'aire d'un disque est proportionnelle à ce qu'il compte. Comme un graphique, une carte n'est jamais
seule : son tableau est juste dessous, et ses couleurs sont celles du thème.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe

from maillage.socle.quantites import ecrire_nombre

LARGEUR = 340
HAUTEUR = 400
MARGE = 28
RAYON = 24
PETIT_RAYON = 5
RAYON_ECRIT = 11
"""En deçà, le nombre ne tient pas dans son disque : il se lit au tableau."""
Coordonnees = tuple[float, float]
Anneau = Sequence[Coordonnees]


@dataclass(frozen=True, slots=True)
class Point:
    """Un lieu : son nom, son centre (WGS84, degrés) et ce qu'il compte (au moins un)."""

    nom: str
    longitude: float
    latitude: float
    nombre: int


@dataclass(frozen=True, slots=True)
class _Projection:
    """De degrés en pixels : à notre échelle, resserrer les longitudes suffit."""

    ouest: float
    nord: float
    resserre: float
    echelle: float

    @classmethod
    def de(cls, coordonnees: Sequence[Coordonnees]) -> _Projection:
        """Celle qui fait tenir tous ces points dans le dessin."""
        longitudes, latitudes = zip(*coordonnees, strict=True)
        resserre = cos(radians((min(latitudes) + max(latitudes)) / 2))
        large = (max(longitudes) - min(longitudes)) * resserre or 0.1
        haut = max(latitudes) - min(latitudes) or 0.1
        echelle = min((LARGEUR - 2 * MARGE) / large, (HAUTEUR - 2 * MARGE) / haut)
        return cls(min(longitudes), max(latitudes), resserre, echelle)

    def __call__(self, longitude: float, latitude: float) -> tuple[int, int]:
        x = MARGE + (longitude - self.ouest) * self.resserre * self.echelle
        return round(x), round(MARGE + (self.nord - latitude) * self.echelle)


def carte(
    nom: str,
    titre: str,
    description: str,
    contours: Sequence[Anneau],
    points: Sequence[Point],
) -> SafeString:
    """La carte ; `points` n'est pas vide. Les grands disques sont sous les petits."""
    centres = [(p.longitude, p.latitude) for p in points]
    projeter = _Projection.de([*centres, *(point for anneau in contours for point in anneau)])
    traces = [_trace([projeter(*point) for point in anneau]) for anneau in contours]
    plus_grand = max(p.nombre for p in points)
    racine = ElementTree.Element(
        "svg",
        {
            "class": "graphique carte",
            "viewBox": f"0 0 {LARGEUR} {_hauteur(projeter, centres, contours)}",
            "role": "img",
            "aria-labelledby": f"{nom}-titre {nom}-description",
        },
    )
    ElementTree.SubElement(racine, "title", id=f"{nom}-titre").text = titre
    ElementTree.SubElement(racine, "desc", id=f"{nom}-description").text = description
    for trace in filter(None, traces):
        ElementTree.SubElement(racine, "path", {"class": "carte-contour", "d": trace})
    for point in sorted(points, key=lambda p: -p.nombre):
        racine.extend(_disque(point, projeter, plus_grand))
    return mark_safe(ElementTree.tostring(racine, encoding="unicode"))  # noqa: S308 - texte échappé


def _hauteur(
    projeter: _Projection, centres: Iterable[Coordonnees], contours: Iterable[Anneau]
) -> int:
    sud = min(latitude for _, latitude in [*centres, *(p for a in contours for p in a)])
    return projeter(projeter.ouest, sud)[1] + MARGE


def _trace(points: Sequence[tuple[int, int]]) -> str:
    """Le tracé d'un anneau, au pixel près ; vide s'il ne fait plus une surface."""
    distincts = list(_sans_suites(points))
    if len(distincts) < 3:
        return ""
    return "M" + "L".join(f"{x} {y}" for x, y in distincts) + "Z"


def _sans_suites(points: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    dernier = None
    for point in points:
        if point != dernier:
            yield point
        dernier = point


def _disque(point: Point, projeter: _Projection, plus_grand: int) -> Iterator[ElementTree.Element]:
    x, y = projeter(point.longitude, point.latitude)
    rayon = max(PETIT_RAYON, round(RAYON * sqrt(point.nombre / plus_grand)))
    disque = ElementTree.Element(
        "circle", {"class": "carte-disque", "cx": str(x), "cy": str(y), "r": str(rayon)}
    )
    ecrit = ecrire_nombre(point.nombre)
    ElementTree.SubElement(disque, "title").text = f"{point.nom} : {ecrit}"
    yield disque
    if rayon >= RAYON_ECRIT:
        etiquette = ElementTree.Element(
            "text", {"class": "carte-nombre", "x": str(x), "y": str(y), "dy": "5"}
        )
        etiquette.text = ecrit
        yield etiquette
