"""Le cycle d’une ingénierie collective (S3, schéma et fiches 1/4 à 4/4)."""

from dataclasses import dataclass

from .base import Element, Elements, VersFait, VersFiche


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Element):
    """Un des 45 points ; ``fait`` est ce que le logiciel sait constater, s'il le sait."""

    questions: Elements
    fiches: tuple[VersFiche, ...] = ()
    fait: VersFait | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demarche(Element):
    """Une des 12 démarches, niveau de travail par défaut."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Etape(Element):
    """Une des 4 étapes."""

    demarches: tuple[Demarche, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """Les étapes dans l'ordre, et les fiches de la méthode auxquelles les points renvoient."""

    etapes: tuple[Etape, ...]
    fiches: Elements

    @property
    def demarches(self) -> tuple[Demarche, ...]:
        """Les 12 démarches, dans l'ordre."""
        return tuple(d for etape in self.etapes for d in etape.demarches)

    @property
    def points(self) -> tuple[Point, ...]:
        """Les 45 points, dans l'ordre."""
        return tuple(p for demarche in self.demarches for p in demarche.points)

    @property
    def questions(self) -> Elements:
        """Les 137 questions, dans l'ordre."""
        return tuple(q for point in self.points for q in point.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fait(Element):
    """Ce que le logiciel peut constater dans un dossier ; ``piece`` est celle qui le constate."""

    piece: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Faits:
    """Les faits auxquels les points du cycle renvoient."""

    faits: tuple[Fait, ...]
