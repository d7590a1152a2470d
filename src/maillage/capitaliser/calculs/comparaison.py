"""Deux missions côte à côte, point par point : ce qu'elles ont de pareil, ce qui les distingue.

Calcul pur, sur deux `ContexteDeFiche` (la grille de S3, fiche 5) et deux avancements. On constate
un écart, on ne note ni ne classe (règle 7) ; l'inconnu n'est pas zéro et ne se compare pas
(règle 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from maillage.capitaliser.calculs.ecarts import ecrire_ecart
from maillage.capitaliser.calculs.rubriques import GRILLE, Dit
from maillage.capitaliser.grille import ContexteDeFiche, Mesure

PAS_GARDE = "pas gardé dans cette édition"


class Constat(StrEnum):
    """Ce que l'on constate d'un point ; sa valeur dessine sa forme."""

    PAREIL = "pareil"
    DIFFERE = "differe"
    SEUL_A = "seul_a"
    SEUL_B = "seul_b"
    RIEN = "rien"

    @property
    def mot(self) -> str:
        return _MOTS[self]

    @property
    def distingue(self) -> bool:
        """Faux quand il n'y a rien à en apprendre : pareil, ou dit nulle part."""
        return self not in {Constat.PAREIL, Constat.RIEN}


_MOTS = {
    Constat.PAREIL: "pareil",
    Constat.DIFFERE: "différent",
    Constat.SEUL_A: "dit par A seulement",
    Constat.SEUL_B: "dit par B seulement",
    Constat.RIEN: "non dit des deux côtés",
}


@dataclass(frozen=True, slots=True)
class Point:
    """Un point de la grille : ce que chacune en dit, et le constat."""

    libelle: str
    a: tuple[Dit, ...]
    b: tuple[Dit, ...]
    constat: Constat


@dataclass(frozen=True, slots=True)
class RubriqueComparee:
    """Une rubrique et ses points ; `tus` : ceux dont aucune ne dit rien."""

    libelle: str
    points: tuple[Point, ...]
    tus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChiffreCompare:
    """Un chiffre de chaque côté, écrit, et l'écart en mots : ce que B a de plus ou de moins."""

    libelle: str
    a: str
    b: str
    ecart: str
    constat: Constat


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Deux missions comparées : les rubriques de la grille, puis les chiffres."""

    rubriques: tuple[RubriqueComparee, ...]
    chiffres: tuple[ChiffreCompare, ...]

    def sans_le_pareil(self) -> Comparaison:
        """La même, réduite à ce qui distingue les deux missions."""
        reduites = (seulement_ce_qui_differe(r) for r in self.rubriques)
        return Comparaison(
            rubriques=tuple(r for r in reduites if r.points),
            chiffres=tuple(c for c in self.chiffres if c.constat.distingue),
        )


def comparer(a: ContexteDeFiche, b: ContexteDeFiche) -> Comparaison:
    """Compare deux fiches, rubrique par rubrique puis chiffre par chiffre."""
    return Comparaison(
        rubriques=tuple(
            rubrique(
                partie.libelle,
                [(point.libelle, point.lire(a), point.lire(b)) for point in partie.points],
            )
            for partie in GRILLE
        ),
        chiffres=_chiffres(a.mesures, b.mesures),
    )


def rubrique(
    libelle: str, dits: Iterable[tuple[str, Sequence[Dit], Sequence[Dit]]]
) -> RubriqueComparee:
    """Compare des points déjà lus des deux côtés : (libellé, ce que dit A, ce que dit B)."""
    points = [_point(nom, tuple(a), tuple(b)) for nom, a, b in dits]
    return RubriqueComparee(
        libelle,
        points=tuple(p for p in points if p.constat != Constat.RIEN),
        tus=tuple(p.libelle for p in points if p.constat == Constat.RIEN),
    )


def seulement_ce_qui_differe(partie: RubriqueComparee) -> RubriqueComparee:
    """La rubrique sans ce qui est pareil ni ce qui n'est dit nulle part."""
    return RubriqueComparee(partie.libelle, tuple(p for p in partie.points if p.constat.distingue))


def _point(libelle: str, a: tuple[Dit, ...], b: tuple[Dit, ...]) -> Point:
    constat = _constater(a, b)
    if constat != Constat.DIFFERE:
        return Point(libelle, a, b, constat)
    return Point(libelle, _marquer(a, b), _marquer(b, a), constat)


def _constater(a: Sequence[Dit], b: Sequence[Dit]) -> Constat:
    if not a and not b:
        return Constat.RIEN
    if not b:
        return Constat.SEUL_A
    if not a:
        return Constat.SEUL_B
    pareils = {d.entier for d in a} == {d.entier for d in b}
    return Constat.PAREIL if pareils else Constat.DIFFERE


def _marquer(dits: tuple[Dit, ...], autres: tuple[Dit, ...]) -> tuple[Dit, ...]:
    """Ce que l'autre dit aussi est marqué commun, et passe devant."""
    chez_l_autre = {d.cle for d in autres}
    marques = (replace(d, commun=d.cle in chez_l_autre) for d in dits)
    return tuple(sorted(marques, key=lambda d: not d.commun))


def _chiffres(a: Sequence[Mesure], b: Sequence[Mesure]) -> tuple[ChiffreCompare, ...]:
    """Les chiffres que l'une au moins connaît, dans l'ordre où on les lit ; rien sans nombres."""
    chez_a, chez_b = {m.code: m for m in a}, {m.code: m for m in b}
    noms = {m.code: m.libelle for m in (*a, *b)}
    return tuple(
        _chiffre(nom, (chez_a.get(code), chez_b.get(code)), gardes=(bool(a), bool(b)))
        for code, nom in noms.items()
    )


def _chiffre(
    nom: str, cotes: tuple[Mesure | None, Mesure | None], *, gardes: tuple[bool, bool]
) -> ChiffreCompare:
    """`gardes` : chaque côté a-t-il des nombres ? Une édition ancienne n'en a gardé aucun."""
    a, b = (_ecrire(m, garde=garde) for m, garde in zip(cotes, gardes, strict=True))
    connus = [m for m in cotes if m is not None and m.nombre]
    if len(connus) == 2:
        constat = Constat.PAREIL if connus[0].quantite == connus[1].quantite else Constat.DIFFERE
        ecart = ecrire_ecart(connus[0].quantite, connus[1].quantite)
    elif connus:
        constat = Constat.SEUL_A if connus[0] is cotes[0] else Constat.SEUL_B
        ecart = "inconnu d’un côté : on ne compare pas"
    else:
        constat, ecart = Constat.RIEN, "inconnu des deux côtés"
    return ChiffreCompare(nom, a, b, ecart, constat)


def _ecrire(mesure: Mesure | None, *, garde: bool) -> str:
    if mesure is None:
        return "inconnu" if garde else PAS_GARDE
    return str(mesure.quantite)
