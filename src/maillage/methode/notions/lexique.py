"""Le lexique des besoins : comment les gens parlent de chaque thème."""

from collections.abc import Iterator
from dataclasses import dataclass

POIDS = ("fort", "simple", "indice")
"""Désigne le thème à lui seul, y fait penser, n'aide qu'avec d'autres mots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionsDUnTheme:
    """Les mots et locutions d'un thème, rangés selon ce qu'ils prouvent (``POIDS``)."""

    code: str
    source: str
    fort: tuple[str, ...]
    simple: tuple[str, ...]
    indice: tuple[str, ...]

    def pesees(self) -> Iterator[tuple[str, str]]:
        """Les couples (poids, expression), du plus fort au plus faible."""
        for poids in POIDS:
            yield from ((poids, expression) for expression in getattr(self, poids))


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilleDuLexique:
    """Un fichier du lexique : les thèmes d'une famille."""

    code: str
    source: str
    version: int
    themes: tuple[ExpressionsDUnTheme, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalences:
    """Les mots tenus pour les mêmes, partout (``formes``) ou en locution ; et les mots vides."""

    source: str
    version: int
    formes: tuple[tuple[str, ...], ...]
    equivalences: tuple[tuple[str, ...], ...]
    vides: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facette:
    """Un besoin ordinaire sous un thème : le nom du besoin partagé, les mots qui l'y rangent."""

    libelle: str
    mots: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacettesDUnTheme:
    """Les besoins ordinaires d'un thème."""

    theme: str
    facettes: tuple[Facette, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facettes:
    """Les besoins ordinaires de chaque thème, pour regrouper finement."""

    source: str
    version: int
    themes: tuple[FacettesDUnTheme, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexique:
    """Le lexique entier, une famille par famille de thèmes."""

    familles: tuple[FamilleDuLexique, ...]
    mots: Equivalences
    facettes: Facettes

    @property
    def themes(self) -> tuple[ExpressionsDUnTheme, ...]:
        """Les expressions des 45 thèmes, dans l'ordre de la nomenclature."""
        return tuple(theme for famille in self.familles for theme in famille.themes)

    @property
    def version(self) -> int:
        """Somme des versions des fichiers : elle change dès que l'un d'eux change."""
        return (
            self.mots.version
            + self.facettes.version
            + sum(famille.version for famille in self.familles)
        )
