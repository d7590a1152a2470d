"""Ce que fait chaque critère, l'un après l'autre : ce qu'il garde, écarte, ou ne sait pas.

Inconnu n'est pas non : une structure dont on ignore la réponse n'est jamais comptée parmi celles
que le critère écarte ; l'agente choisit si elle reste ou si elle se perd faute d'information.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

OUI, NON, INCONNU = "o", "n", "i"
"""Les trois verdicts. Un profil est une suite de verdicts, un par critère, dans leur ordre."""


@dataclass(frozen=True, slots=True)
class Regle:
    """Un critère posé ; `garder_inconnues` : ce que l'on ignore ne fait pas écarter."""

    code: str
    garder_inconnues: bool = True

    def retient(self, verdict: str) -> bool:
        return verdict == OUI or (verdict == INCONNU and self.garder_inconnues)


@dataclass(frozen=True, slots=True)
class Etape:
    """Un critère dans la cascade, en nombres de structures.

    `entrees` = `repondent` + `ecartees` + `inconnues`, toujours. `seul` : celles que ce critère
    est seul à refuser ; sans lui, elles resteraient.
    """

    code: str
    garder_inconnues: bool
    entrees: int
    repondent: int
    ecartees: int
    inconnues: int
    seul: int

    @property
    def perdues(self) -> int:
        """Perdues faute d'information, et pour cela seulement."""
        return 0 if self.garder_inconnues else self.inconnues

    @property
    def restent(self) -> int:
        return self.entrees - self.ecartees - self.perdues


@dataclass(frozen=True, slots=True)
class Cascade:
    """Le parcours de toutes les structures regardées, critère par critère."""

    regardees: int
    etapes: tuple[Etape, ...]
    retenues: int
    a_verifier: int
    """Retenues dont un critère au moins n'a pas de réponse connue."""


def cascader(regles: Sequence[Regle], profils: Mapping[str, int]) -> Cascade:
    """La cascade des critères, d'après le nombre de structures de chaque profil.

    Lève `ValueError` si un profil n'a pas un verdict par critère.
    """
    if any(len(profil) != len(regles) for profil in profils):
        raise ValueError("Un profil porte un verdict par critère, ni plus ni moins.")
    refus = {profil: refusants(regles, profil) for profil in profils}
    etapes = []
    presents = dict(profils)
    for rang, regle in enumerate(regles):
        verdicts = _compter(presents, rang)
        etapes.append(
            Etape(
                code=regle.code,
                garder_inconnues=regle.garder_inconnues,
                entrees=sum(presents.values()),
                repondent=verdicts[OUI],
                ecartees=verdicts[NON],
                inconnues=verdicts[INCONNU],
                seul=sum(n for profil, n in profils.items() if refus[profil] == [regle.code]),
            )
        )
        presents = {p: n for p, n in presents.items() if regle.retient(p[rang])}
    return Cascade(
        regardees=sum(profils.values()),
        etapes=tuple(etapes),
        retenues=sum(presents.values()),
        a_verifier=sum(n for profil, n in presents.items() if INCONNU in profil),
    )


def refusants(regles: Sequence[Regle], profil: str) -> list[str]:
    """Les codes des critères qui refusent ce profil ; vide s'il est retenu."""
    return [r.code for r, verdict in zip(regles, profil, strict=True) if not r.retient(verdict)]


def inconnus(regles: Sequence[Regle], profil: str) -> list[str]:
    """Les codes des critères auxquels ce profil n'a pas de réponse connue."""
    return [r.code for r, verdict in zip(regles, profil, strict=True) if verdict == INCONNU]


def additionner(*comptes: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Réunit les comptes de plusieurs sources, profil par profil."""
    total: dict[str, int] = {}
    for profil, nombre in (ligne for source in comptes for ligne in source):
        total[profil] = total.get(profil, 0) + nombre
    return total


def _compter(presents: Mapping[str, int], rang: int) -> dict[str, int]:
    verdicts = {OUI: 0, NON: 0, INCONNU: 0}
    for profil, nombre in presents.items():
        verdicts[profil[rang]] += nombre
    return verdicts
