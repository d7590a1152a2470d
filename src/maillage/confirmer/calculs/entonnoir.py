"""L'entonnoir de la mobilisation : combien de structures ont atteint chaque palier.

Un palier compte toutes celles qui l'ont atteint, qu'elles soient allées plus loin, se soient
désistées ou n'aient pas été retenues ensuite (S1, « méthode de l'entonnoir »). Une source donne
parfois un nombre sans nommer personne : le plus grand des deux est montré, et ce qui manque de
noms est dit. Un palier plus étroit fait savoir que le plus large en compte au moins autant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maillage.socle.quantites import INSECABLE, Precision, Quantite, accorder


@dataclass(frozen=True, slots=True)
class Declare:
    """Un effectif que la source donne à un palier, ses mots, et ses parties déjà écrites."""

    nombre: Quantite
    precision: str = ""
    source: str = ""
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marche:
    """Un palier de l'entonnoir.

    `nommees` : structures du dossier qui l'ont atteint. `compte` : le plus grand du nommé et du
    déclaré. `deduit` : ni l'un ni l'autre ne le donne, il se déduit d'un palier plus étroit.
    """

    code: str
    libelle: str
    nommees: int
    declare: Declare | None
    compte: Quantite
    deduit: bool

    @property
    def detail(self) -> str:
        """D'où vient le compte quand il n'est pas la simple liste des structures nommées."""
        if self.deduit:
            return "d’après le palier suivant"
        if self.declare is None:
            return ""
        mots = [self.declare.precision, *self.declare.parties]
        if self.compte.valeur != self.nommees:
            mots.append(f"{self.nommees} {accorder(self.nommees, 'nommée')} dans le dossier")
        return f"{INSECABLE}; ".join(filter(None, mots))

    @property
    def en_clair(self) -> str:
        """« 27 contactées », « 1 retenue »."""
        return f"{self.compte} {accorder(self.compte.valeur or 0, self.libelle.removesuffix('s'))}"


def tracer(
    paliers: Sequence[tuple[str, str]],
    atteints: Iterable[str],
    declares: Mapping[str, Declare],
) -> tuple[Marche, ...]:
    """Trace l'entonnoir, du palier le plus large au plus étroit.

    `paliers` : (code, libellé), du plus large au plus étroit ; `atteints` : pour chaque structure
    nommée, le code du palier le plus étroit atteint ; `declares` : par code de palier.
    """
    rangs = {code: rang for rang, (code, _) in enumerate(paliers)}
    hauteurs = [rangs[code] for code in atteints]
    marches: list[Marche] = []
    suivant = Quantite.inconnue()
    for code, libelle in reversed(paliers):
        nommees = sum(h >= rangs[code] for h in hauteurs)
        declare = declares.get(code)
        propre = _compter(nommees, declare, liste_tenue=bool(hauteurs))
        deduit = (suivant.valeur or 0) > (propre.valeur or 0)
        suivant = Quantite(suivant.valeur, Precision.AU_MOINS) if deduit else propre
        marches.append(Marche(code, libelle, nommees, declare, suivant, deduit))
    return tuple(marches[::-1])


def raconter(marches: Sequence[Marche]) -> str:
    """L'entonnoir en une phrase : « 27 contactées, 10 retenues » ; vide si rien n'est compté."""
    return ", ".join(m.en_clair for m in marches if m.compte.valeur and not m.deduit)


def _compter(nommees: int, declare: Declare | None, *, liste_tenue: bool) -> Quantite:
    """Le plus grand des deux ; sans liste ni déclaration, zéro n'est pas affirmé."""
    if declare and declare.nombre.valeur is not None and declare.nombre.valeur >= nommees:
        return declare.nombre
    return Quantite(Decimal(nommees)) if liste_tenue else Quantite.inconnue()
