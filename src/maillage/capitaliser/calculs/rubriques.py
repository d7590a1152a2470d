"""Les points de la grille que l'on compare, et où chacun se lit dans une fiche."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from maillage.capitaliser.grille import Acteur, ContexteDeFiche, Montant
from maillage.ingenieries.identite import SANS_NOM
from maillage.ingenieries.models.dossier import ANNEE_NON_DITE
from maillage.socle.documents.grilles import Ligne


@dataclass(frozen=True, slots=True)
class Dit:
    """Une chose dite d'un point : son texte, ce qui le précise, et si l'autre la dit aussi.

    `forme` : celle qui dessine un état, pour le cycle.
    """

    texte: str
    detail: str = ""
    forme: str = ""
    commun: bool = False

    @property
    def cle(self) -> str:
        return _sans_mise_en_page(self.texte)

    @property
    def entier(self) -> tuple[str, str]:
        return self.cle, _sans_mise_en_page(self.detail)


@dataclass(frozen=True, slots=True)
class PointDeGrille:
    """Un point et la façon de le lire."""

    libelle: str
    lire: Callable[[ContexteDeFiche], tuple[Dit, ...]]


@dataclass(frozen=True, slots=True)
class Partie:
    """Une rubrique de la grille."""

    libelle: str
    points: tuple[PointDeGrille, ...]


def _sans_mise_en_page(texte: str) -> str:
    return " ".join(texte.split()).casefold()


def _textes(*textes: str) -> tuple[Dit, ...]:
    return tuple(Dit(t) for t in textes if t.strip())


def _lignes(lignes: Iterable[Ligne]) -> tuple[Dit, ...]:
    return tuple(Dit(ligne.libelle, ligne.texte) for ligne in lignes)


def _acteurs(acteurs: Iterable[Acteur]) -> tuple[Dit, ...]:
    return tuple(Dit(a.nom, " · ".join(filter(None, (a.titre, a.role)))) for a in acteurs)


def _montants(montants: Iterable[Montant]) -> tuple[Dit, ...]:
    return tuple(Dit(m.libelle, " · ".join(filter(None, (m.titre, m.montant)))) for m in montants)


def _texte(libelle: str, lire: Callable[[ContexteDeFiche], str]) -> PointDeGrille:
    return PointDeGrille(libelle, lambda f: _textes(lire(f)))


def _suite(libelle: str, lire: Callable[[ContexteDeFiche], Iterable[str]]) -> PointDeGrille:
    return PointDeGrille(libelle, lambda f: _textes(*lire(f)))


def _dlas_nommes(fiche: ContexteDeFiche) -> tuple[str, ...]:
    """Deux DLA sans nom ne sont pas le même : ils se comptent avec les chiffres."""
    dlas = (fiche.identite.dla, *fiche.identite.dla_associes)
    return tuple(dla for dla in dlas if not dla.endswith(SANS_NOM))


def _annee(fiche: ContexteDeFiche) -> str:
    """Deux années que l'on ignore ne sont pas la même."""
    return "" if fiche.identite.annee == ANNEE_NON_DITE else fiche.identite.annee


def _profil(fiche: ContexteDeFiche) -> tuple[Dit, ...]:
    return tuple(d for c in fiche.beneficiaires.profil for d in _lignes(c.retenus))


def _seances(fiche: ContexteDeFiche) -> tuple[Dit, ...]:
    return tuple(
        Dit(s.titre, " · ".join(filter(None, (s.forme, s.duree, s.presents))))
        for s in fiche.action.seances
    )


def _resultats(fiche: ContexteDeFiche) -> tuple[Dit, ...]:
    return tuple(
        Dit(r.phrase, " · ".join(filter(None, (r.mesure, "" if r.obtenu else "visé, pas obtenu"))))
        for r in fiche.resultats
    )


def _registres(fiche: ContexteDeFiche) -> tuple[Dit, ...]:
    return tuple(
        Dit(r.libelle, " : ".join(filter(None, (r.appreciation, r.texte))))
        for r in fiche.evaluation.registres
    )


GRILLE = (
    Partie(
        "Qui, où, quand",
        (
            _suite("DLA", _dlas_nommes),
            _texte("Nature", lambda f: f.identite.nature),
            _texte("Territoires", lambda f: f.identite.territoires),
            _texte("Secteur", lambda f: f.identite.secteur),
            _texte("Année", _annee),
            _texte("État", lambda f: f.identite.etat),
        ),
    ),
    Partie(
        "Problématique",
        (
            _texte("Contexte", lambda f: f.problematique.contexte),
            _texte("Enjeux", lambda f: f.problematique.enjeux),
            _texte("Besoins repérés", lambda f: f.problematique.besoins),
            _suite("Thèmes", lambda f: f.problematique.themes),
            _suite("Origine du constat", lambda f: f.problematique.origine),
            _texte("Validation", lambda f: f.problematique.validation),
        ),
    ),
    Partie(
        "Objectifs",
        (
            PointDeGrille("Stratégiques", lambda f: _lignes(f.objectifs.strategiques)),
            PointDeGrille("Opérationnels", lambda f: _lignes(f.objectifs.operationnels)),
        ),
    ),
    Partie(
        "Bénéficiaires",
        (
            PointDeGrille("Profil recherché", _profil),
            _suite("Structures nommées", lambda f: f.beneficiaires.structures),
        ),
    ),
    Partie(
        "Moyens mobilisés",
        (
            _texte("Animation par le DLA", lambda f: f.moyens.humains.animation),
            PointDeGrille("Intervenants", lambda f: _acteurs(f.moyens.humains.intervenants)),
            _texte("Qui intervient", lambda f: f.moyens.humains.systeme_intervenant),
            PointDeGrille("Partenaires", lambda f: _acteurs(f.moyens.humains.partenaires)),
            PointDeGrille("Dépenses", lambda f: _montants(f.moyens.financiers.depenses)),
            PointDeGrille(
                "Provenance des fonds", lambda f: _montants(f.moyens.financiers.financements)
            ),
            PointDeGrille("Logistique", lambda f: _montants(f.moyens.logistiques)),
        ),
    ),
    Partie(
        "Action auprès des structures",
        (
            _suite("Type d’ingénierie", lambda f: (f.action.typologie, f.action.solution)),
            _suite("Formes de travail", lambda f: f.action.intervention),
            _suite("Types de prestation", lambda f: f.action.prestations),
            _texte("Rythme", lambda f: f.action.rythme),
            _texte("Lieu", lambda f: f.action.lieu),
            _texte("Contenus abordés", lambda f: f.action.contenus),
            PointDeGrille("Déroulé", _seances),
        ),
    ),
    Partie(
        "Résultats et évaluation",
        (
            PointDeGrille("Résultats", _resultats),
            PointDeGrille("Registres appréciés", _registres),
        ),
    ),
    Partie(
        "Ce que l’on retient",
        (
            _texte("À retenir", lambda f: f.capitalisation.a_retenir),
            _texte("Ce qui peut servir ailleurs", lambda f: f.capitalisation.transferable),
            _suite("Ce que l’on garde", lambda f: f.capitalisation.natures),
        ),
    ),
)
"""La grille de présentation, dans l'ordre de la fiche ; les nombres se comparent à part."""
