"""Repères communs à toutes les étapes : rôles, accompagnements, thèmes, vocabulaire."""

from dataclasses import dataclass

from .base import Element, Elements, VersPrestation, VersThemeNational


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Ce que le DLA régional, les centres de ressources et l'Avise apportent à une mission."""

    dla_regional: Elements
    centre_ressources: Elements
    avise: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class GrandType(Element):
    """Un grand type d'accompagnement collectif et ses deux formes."""

    formes: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilan(Element):
    """Ce qui aide, ce qui freine et par où avancer, pour une forme d'accompagnement."""

    leviers: Elements
    freins: Elements
    pistes: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Accompagnements:
    """Les accompagnements collectifs vus par le secteur culturel (S1)."""

    types: tuple[GrandType, ...]
    vigilances: Elements
    bilans: tuple[Bilan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Element):
    """Un thème de besoin et ses correspondances dans les deux autres nomenclatures."""

    prestations: tuple[VersPrestation, ...] = ()
    nationaux: tuple[VersThemeNational, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilleDeThemes(Theme):
    """Un thème de premier niveau."""

    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Themes:
    """Nomenclature versionnée des thèmes de besoin, et les thèmes nationaux actuels."""

    version: int
    nationaux: Elements
    familles: tuple[FamilleDeThemes, ...]

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Les 45 thèmes du second niveau."""
        return tuple(theme for famille in self.familles for theme in famille.themes)

    @property
    def tous(self) -> tuple[Theme, ...]:
        """Chaque famille suivie de ses thèmes."""
        return tuple(t for famille in self.familles for t in (famille, *famille.themes))


@dataclass(frozen=True, slots=True, kw_only=True)
class NomAncien:
    """Un nom d'époque et la dernière année où nous le savons en usage."""

    nom: str
    jusqu_en: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terme(Element):
    """Un terme d'aujourd'hui et ses noms d'autrefois, du plus ancien au plus récent."""

    anciens: tuple[NomAncien, ...]

    def nom_en(self, annee: int) -> str:
        """Le nom qu'on lui donnait cette année-là."""
        return next((a.nom for a in self.anciens if annee <= a.jusqu_en), self.libelle)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulaire:
    """Les mots et les régions dont le nom a changé."""

    termes: tuple[Terme, ...]
    regions: tuple[Terme, ...]
