"""De l’identification à la confirmation : signaux, partenaires, objectifs, groupes, prestations."""

from dataclasses import dataclass

from .base import Element, Elements, VersOperationnel, VersPoint, VersPole, VersType


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDeSignal(Element):
    """D'où vient un signal ; ``point`` est le point du cycle qu'elle nourrit."""

    point: VersPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaux:
    """Les six sources d'un signal."""

    sources: tuple[SourceDeSignal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Critere(Element):
    """Un critère de ciblage et ce que l'on regarde sous lui."""

    point: VersPoint
    elements: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Ciblage:
    """Les cinq critères de ciblage des structures."""

    criteres: tuple[Critere, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axe(Element):
    """Un des deux axes des postures, avec ses deux pôles."""

    poles: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture(Element):
    """Une posture du DLA, au croisement de deux pôles ; ``risque`` seulement s'il est publié."""

    pouvoirs_publics: VersPole
    projet: VersPole
    risque: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Postures:
    """Les quatre postures du DLA et leurs deux axes."""

    axes: tuple[Axe, ...]
    postures: tuple[Posture, ...]

    @property
    def poles(self) -> Elements:
        """Les quatre pôles des deux axes."""
        return tuple(pole for axe in self.axes for pole in axe.poles)


# Engager


@dataclass(frozen=True, slots=True, kw_only=True)
class Famille(Element):
    """Une famille de partenaires : qui s'y trouve, ce qu'on y attend d'ordinaire."""

    membres: Elements
    attentes: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Partenaires:
    """Les familles de partenaires et les trois vérifications d'intérêt."""

    familles: tuple[Famille, ...]
    verifications: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Objectif(Element):
    """Un objectif ; ``commun`` s'il figure aussi dans la liste courte des fiches 1 et 2."""

    commun: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Objectifs:
    """Les objectifs de la fiche 5, et parmi eux les cinq des fiches 1 et 2."""

    strategiques: tuple[Objectif, ...]
    operationnels: tuple[Objectif, ...]

    @property
    def communs(self) -> tuple[Objectif, ...]:
        """Les cinq objectifs opérationnels des fiches 1 et 2."""
        return tuple(objectif for objectif in self.operationnels if objectif.commun)

    @property
    def tous(self) -> tuple[Objectif, ...]:
        """Les stratégiques puis les opérationnels."""
        return self.strategiques + self.operationnels


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilleDeFinancement(Element):
    """Une famille de financement complémentaire et ce qui y donne droit."""

    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasDeCofinancement(Element):
    """Un montage publié ; ``prorata`` quand les DLA y ont partagé selon leurs structures."""

    cofinanceur: str
    prorata: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Financement:
    """Les financements complémentaires et les montages publiés."""

    familles: tuple[FamilleDeFinancement, ...]
    cas: tuple[CasDeCofinancement, ...]


# Confirmer


@dataclass(frozen=True, slots=True, kw_only=True)
class Raison(Element):
    """Pourquoi une structure n'est pas du groupe : qui peut la donner, elle ou le DLA."""

    structure: bool = False
    dla: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Groupes:
    """Composer un groupe : profil, vigilances, questions, méthodes, raisons de n'en être pas."""

    facteurs: Elements
    vigilances: Elements
    questions: Elements
    methodes: Elements
    raisons: tuple[Raison, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeIngenierie(Element):
    """Un type d'ingénierie et les formes de temps qu'il peut prendre."""

    formes: Elements = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conseil(Element):
    """Vers quels types penche une mission qui poursuit cet objectif, le plus indiqué d'abord."""

    objectif: VersOperationnel
    types: tuple[VersType, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingenieries:
    """Types d'ingénierie, solutions produites, et l'aide au choix qui est la nôtre."""

    types: tuple[TypeIngenierie, ...]
    solutions: Elements
    avertissement: str
    conseils: tuple[Conseil, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeDePrestation(Element):
    """Un type de prestation et ses déclinaisons citées."""

    precisions: Elements = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prestations:
    """Nomenclature versionnée des types de prestation."""

    version: int
    nom: str
    avertissement: str
    types: tuple[TypeDePrestation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """Les critères de choix d'un prestataire."""

    criteres: Elements
