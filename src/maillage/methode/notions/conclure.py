"""Finaliser et capitaliser : résultats, registres, présentation, transfert."""

from dataclasses import dataclass

from .base import Element, Elements, VersCritere, VersManiere, VersObjectif, VersPublic, VersRecueil


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDeResultat(Element):
    """Une question de la matrice : à qui on la pose, et comment le DLA s'y évalue lui-même."""

    interroges: tuple[VersPublic, ...] = ()
    autoevaluation: VersManiere | None = None

    @property
    def publics(self) -> tuple[str, ...]:
        """Codes des publics qui ont une cellule pour cette question, DLA compris."""
        return (*self.interroges, *(["autoevaluation"] if self.autoevaluation else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupeDeQuestions(Element):
    """Les questions qui répondent à un même objectif."""

    objectif: VersObjectif
    questions: tuple[QuestionDeResultat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Public(Element):
    """Une des six voix ; ``recueil`` dit comment on l'entend."""

    recueil: VersRecueil


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrice:
    """La matrice des résultats (S3, fiche 6), point de départ à adapter."""

    recueils: Elements
    publics: tuple[Public, ...]
    manieres: Elements
    groupes: tuple[GroupeDeQuestions, ...]

    @property
    def questions(self) -> tuple[QuestionDeResultat, ...]:
        """Les 30 questions, dans l'ordre."""
        return tuple(q for groupe in self.groupes for q in groupe.questions)

    def pour(self, public: str) -> tuple[QuestionDeResultat, ...]:
        """Les questions posées à ce public, dans l'ordre : la colonne de la matrice."""
        return tuple(question for question in self.questions if public in question.publics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registre(Element):
    """Un registre d'évaluation et ses questions."""

    questions: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Les quatre registres de l'évaluation."""

    registres: tuple[Registre, ...]


# Capitaliser


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubrique(Element):
    """Une rubrique de la grille et ses précisions (aucune quand un texte libre suffit)."""

    precisions: Elements = ()
    criteres: tuple[VersCritere, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Partie(Element):
    """Une partie de la grille de présentation."""

    rubriques: tuple[Rubrique, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """La grille de présentation d'une ingénierie (S3, fiche 5)."""

    parties: tuple[Partie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capitalisation:
    """Ce que l'on garde, ce qui se transmet, à qui, par qui et comment."""

    natures: Elements
    transferabilite: Elements
    destinataires: Elements
    responsables: Elements
    formes: Elements
    tons: Elements
