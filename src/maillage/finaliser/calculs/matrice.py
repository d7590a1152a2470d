"""La matrice des résultats d'une mission : qui est interrogé, qui a répondu, où l'on s'accorde.

Point de départ : les 30 questions et les six publics de la méthode (S3, fiche 6). Une mission en
ajoute et en met de côté, avec une raison. Une cellule vide dit « pas interrogé » ou « pas
répondu » : ce n'est jamais zéro, et rien n'est moyenné (règle 7 du métier).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from maillage.methode.notions.conclure import GroupeDeQuestions, Matrice


class EtatCellule(StrEnum):
    """Ce que l'on sait d'une question auprès d'un public."""

    PAS_INTERROGE = "non_interroge"
    ECARTEE = "ecartee"
    PAS_REPONDU = "sans_reponse"
    REPONDU = "repondu"


class Accord(StrEnum):
    """Si les appréciations penchent du même côté."""

    INDECIS = ""
    ACCORD = "accord"
    DIVERGENCE = "divergence"


@dataclass(frozen=True, slots=True)
class Ajout:
    """Une question propre à la mission, dans un groupe, pour des publics."""

    code: str
    groupe: str
    libelle: str
    publics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ecart:
    """Ce que la mission met de côté : une question, des publics, ou les deux ; vide, tout."""

    question: str
    publics: tuple[str, ...]
    raison: str

    def couvre(self, question: str, public: str) -> bool:
        return self.question in ("", question) and (not self.publics or public in self.publics)


@dataclass(frozen=True, slots=True)
class Decompte:
    """Combien de réponses d'un public à une question portent ce niveau (vide : sans niveau)."""

    question: str
    public: str
    niveau: str
    nombre: int


@dataclass(frozen=True, slots=True)
class Cellule:
    """Une question auprès d'un public ; `niveaux` : nombre de réponses par niveau donné."""

    public: str
    etat: EtatCellule
    raison: str
    nombre: int
    niveaux: Mapping[str, int]

    @property
    def unanime(self) -> str:
        """Le niveau que donnent toutes les réponses qui en donnent un, sinon vide."""
        return next(iter(self.niveaux)) if len(self.niveaux) == 1 else ""


@dataclass(frozen=True, slots=True)
class Ligne:
    """Une question et ses cellules, dans l'ordre des publics."""

    code: str
    libelle: str
    ajoutee: bool
    cellules: tuple[Cellule, ...]
    accord: Accord


@dataclass(frozen=True, slots=True)
class Groupe:
    """Un groupe de questions ; les comptes ignorent ce qui est mis de côté."""

    code: str
    libelle: str
    lignes: tuple[Ligne, ...]

    @property
    def attendues(self) -> int:
        return sum(c.etat in _ATTENDUES for ligne in self.lignes for c in ligne.cellules)

    @property
    def repondues(self) -> int:
        return sum(c.etat is EtatCellule.REPONDU for ligne in self.lignes for c in ligne.cellules)

    @property
    def divergences(self) -> int:
        return sum(ligne.accord is Accord.DIVERGENCE for ligne in self.lignes)


_ATTENDUES = frozenset({EtatCellule.PAS_REPONDU, EtatCellule.REPONDU})


def tracer(
    matrice: Matrice,
    ajouts: Sequence[Ajout],
    ecarts: Sequence[Ecart],
    decomptes: Iterable[Decompte],
    favorables: frozenset[str],
) -> tuple[Groupe, ...]:
    """Les groupes de la matrice, adaptés et remplis.

    `favorables` : les niveaux qui penchent du côté du oui ; les autres penchent du côté du non.
    """
    par_cellule: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for d in decomptes:
        par_cellule[d.question, d.public][d.niveau] = d.nombre
    tracee = _Trace([p.code for p in matrice.publics], ecarts, par_cellule, favorables)
    return tuple(
        Groupe(
            groupe.code,
            groupe.libelle,
            tuple(tracee.ligne(*q) for q in _questions(groupe, ajouts)),
        )
        for groupe in matrice.groupes
    )


def _questions(
    groupe: GroupeDeQuestions, ajouts: Sequence[Ajout]
) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """(code, libellé, publics, ajoutée) ; les questions de la mission viennent à la fin."""
    siennes: list[tuple[str, str, tuple[str, ...], bool]] = [
        (q.code, q.libelle, q.publics, False) for q in groupe.questions
    ]
    ajoutees = [a for a in ajouts if a.groupe == groupe.code]
    return siennes + [(a.code, a.libelle, a.publics, True) for a in ajoutees]


@dataclass(frozen=True, slots=True)
class _Trace:
    """Ce qu'il faut savoir pour tracer une ligne."""

    publics: Sequence[str]
    ecarts: Sequence[Ecart]
    reponses: Mapping[tuple[str, str], Mapping[str, int]]
    favorables: frozenset[str]

    def ligne(self, code: str, libelle: str, interroges: Sequence[str], ajoutee: bool) -> Ligne:
        cellules = tuple(self._cellule(code, p, p in interroges) for p in self.publics)
        cotes = {n in self.favorables for c in cellules for n in c.niveaux}
        appreciations = sum(sum(c.niveaux.values()) for c in cellules)
        return Ligne(code, libelle, ajoutee, cellules, _accord(cotes, appreciations))

    def _cellule(self, question: str, public: str, interroge: bool) -> Cellule:
        recues = self.reponses.get((question, public), {})
        ecart = next((e for e in self.ecarts if e.couvre(question, public)), None)
        if recues:
            etat = EtatCellule.REPONDU
        elif not interroge:
            etat = EtatCellule.PAS_INTERROGE
        else:
            etat = EtatCellule.ECARTEE if ecart else EtatCellule.PAS_REPONDU
        return Cellule(
            public=public,
            etat=etat,
            raison=ecart.raison if ecart and etat is EtatCellule.ECARTEE else "",
            nombre=sum(recues.values()),
            niveaux={niveau: nombre for niveau, nombre in recues.items() if niveau},
        )


def _accord(cotes: set[bool], appreciations: int) -> Accord:
    """Deux appréciations au moins pour parler d'accord ; deux côtés, et c'est une divergence."""
    if len(cotes) > 1:
        return Accord.DIVERGENCE
    return Accord.ACCORD if appreciations > 1 else Accord.INDECIS
