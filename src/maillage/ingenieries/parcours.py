"""Le parcours d'un dossier : le cycle de la méthode, vu avec l'avancement décidé."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from maillage import methode
from maillage.ingenieries.cycle import demarche_de
from maillage.ingenieries.models import Avancement, EtatAvancement
from maillage.methode.notions.cycle import Demarche, Etape, Point

TERMINES = frozenset({EtatAvancement.FAIT, EtatAvancement.SANS_OBJET})


@dataclass(frozen=True, slots=True)
class Station:
    """Une démarche (ou un point) sur le parcours d'un dossier."""

    regle: Demarche | Point
    etat: EtatAvancement
    motif: str
    echeance: date | None
    en_retard: bool

    @property
    def code(self) -> str:
        return self.regle.code

    @property
    def libelle(self) -> str:
        return self.regle.libelle

    @property
    def terminee(self) -> bool:
        return self.etat in TERMINES

    @property
    def forme(self) -> str:
        """L'état tel qu'il se dessine : le retard prime sur « à faire » et « en cours »."""
        return "en_retard" if self.en_retard else self.etat.value


@dataclass(frozen=True, slots=True)
class Troncon:
    """Une étape et ses stations."""

    etape: Etape
    stations: tuple[Station, ...]

    @property
    def faites(self) -> int:
        return sum(s.terminee for s in self.stations)

    @property
    def terminee(self) -> bool:
        return self.faites == len(self.stations)

    @property
    def prochaine(self) -> Station:
        """La première station qui reste, ou la première si tout est fait."""
        return next((s for s in self.stations if not s.terminee), self.stations[0])

    @property
    def en_retard(self) -> bool:
        return any(s.en_retard for s in self.stations)

    @property
    def etat(self) -> EtatAvancement:
        if self.terminee:
            return EtatAvancement.FAIT
        commencee = any(s.etat != EtatAvancement.A_FAIRE for s in self.stations)
        return EtatAvancement.EN_COURS if commencee else EtatAvancement.A_FAIRE

    @property
    def forme(self) -> str:
        return "en_retard" if self.en_retard else self.etat.value


@dataclass(frozen=True, slots=True)
class Parcours:
    """Les étapes d'un dossier ; `courante` est la première station qui reste.

    `masquees` : les démarches que la nature de la mission n'ouvre qu'à la demande.
    """

    troncons: tuple[Troncon, ...]
    points: dict[str, Avancement]
    masquees: int = 0

    @property
    def stations(self) -> tuple[Station, ...]:
        return tuple(s for t in self.troncons for s in t.stations)

    @property
    def courante(self) -> Station:
        return next((s for s in self.stations if not s.terminee), self.stations[-1])

    def station(self, code: str) -> Station | None:
        return next((s for s in self.stations if s.code == code), None)

    @property
    def faites(self) -> int:
        return sum(s.terminee for s in self.stations)


def tracer(
    avancements: Iterable[Avancement],
    aujourdhui: date,
    montrees: Iterable[Demarche] | None = None,
) -> Parcours:
    """Trace le parcours d'un dossier à partir de ses lignes d'avancement (démarches et points).

    Sans `montrees`, les douze démarches ; avec, celles-là et celles dont on a dit quelque chose.
    """
    par_code = {a.code: a for a in avancements}
    dites = {demarche_de(code).code for code in par_code}
    toutes = methode.cycle().demarches
    retenues = dites | {d.code for d in (toutes if montrees is None else montrees)}
    troncons = [
        Troncon(
            etape,
            tuple(
                station(d, par_code.get(d.code), aujourdhui)
                for d in etape.demarches
                if d.code in retenues
            ),
        )
        for etape in methode.cycle().etapes
    ]
    return Parcours(tuple(t for t in troncons if t.stations), par_code, len(toutes) - len(retenues))


def station(regle: Demarche | Point, avancement: Avancement | None, aujourdhui: date) -> Station:
    """La station d'une démarche ou d'un point ; sans ligne d'avancement, elle est à faire."""
    if avancement is None:
        return Station(regle, EtatAvancement.A_FAIRE, "", None, False)
    etat = EtatAvancement(avancement.etat)
    retard = (
        etat not in TERMINES
        and avancement.echeance is not None
        and avancement.echeance < aujourdhui
    )
    return Station(regle, etat, avancement.motif, avancement.echeance, retard)
