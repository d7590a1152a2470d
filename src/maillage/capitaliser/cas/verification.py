"""Comparer les chiffres que le logiciel calcule à ceux que les sources donnent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from maillage.capitaliser.cas.attendus import Attendu
from maillage.capitaliser.cas.chargement import identifiant_de_problematique, missions_de
from maillage.capitaliser.chiffres import chiffres_de
from maillage.capitaliser.contexte import assembler
from maillage.capitaliser.contexte.lecture import lire as lire_mission
from maillage.identifier.models import Problematique
from maillage.socle.documents.grilles import textes
from maillage.socle.normalisation import normaliser
from maillage.socle.quantites import Quantite

_EN_LETTRES = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
NOMBRES = {mot: str(n) for n, mot in enumerate(_EN_LETTRES.split(), 1)} | {"une": "1"}
SANS_PRECISION = "annee"
"""Une année se compare par sa valeur : « au plus tôt 2012 » n'en fait pas une approximation."""


@dataclass(frozen=True, slots=True)
class Ecart:
    """Un chiffre qui ne dit pas ce que dit la source ; `ou` : son cas, sa mission, sa ligne."""

    cas: str
    chiffre: str
    ou: str
    attendu: str
    calcule: str

    def __str__(self) -> str:
        return f"{self.ou} : attendu {self.attendu}, calculé {self.calcule}"


@dataclass(frozen=True, slots=True)
class Verification:
    """Combien de cas et de missions vus, combien de chiffres comparés, ceux qui diffèrent."""

    cas: int
    missions: int
    compares: int
    ecarts: tuple[Ecart, ...]


def verifier(attendus: Iterable[Attendu]) -> Verification:
    """Compare chaque attendu à la base ; un cas qui n'y est pas est un écart."""
    par_cas: dict[str, list[Attendu]] = defaultdict(list)
    for attendu in attendus:
        par_cas[attendu.cas].append(attendu)
    calcules = {code: _Calcule(code) for code in par_cas}
    ecarts = [
        Ecart(a.cas, a.chiffre, str(a), _dire(a), calcule)
        for code, lignes in par_cas.items()
        for a in lignes
        if (calcule := calcules[code].ecart(a))
    ]
    return Verification(
        cas=len(par_cas),
        missions=sum(len(c.missions) for c in calcules.values()),
        compares=sum(map(len, par_cas.values())),
        ecarts=tuple(ecarts),
    )


def _dire(attendu: Attendu) -> str:
    return attendu.valeur if attendu.chiffre == "texte" else str(attendu.quantite)


class _Calcule:
    """Les chiffres d'un cas en base, mission par mission, et le texte de ses fiches."""

    def __init__(self, code: str) -> None:
        self.missions = missions_de(code)
        lus = [lire_mission(mission.pk) for mission in self.missions]
        paires = list(zip(self.missions, lus, strict=True))
        self.par_mission = [chiffres_de(mission, lu) for mission, lu in paires]
        self.du_cas = _du_cas(code, len(self.missions))
        fiches = [" ".join(textes(assembler(mission, lu))) for mission, lu in paires]
        self.texte = en_chiffres(" ".join(fiches))

    def ecart(self, attendu: Attendu) -> str:
        """Ce que la base dit d'autre ; vide quand elle dit la même chose."""
        if not self.missions:
            return "le cas n’est pas en base"
        if attendu.chiffre == "texte":
            dit = f" {en_chiffres(attendu.valeur)} " in f" {self.texte} "
            return "" if dit else "absent de la fiche"
        return next(filter(None, (self._differe(attendu, dits) for dits in self._ou(attendu))), "")

    def _ou(self, attendu: Attendu) -> list[dict[str, Quantite]]:
        """La mission de ce rang ; sans rang, le cas, ou toutes ses missions."""
        if attendu.mission is not None:
            return self.par_mission[attendu.mission - 1 : attendu.mission] or [{}]
        return [self.du_cas] if attendu.chiffre in self.du_cas else self.par_mission

    def _differe(self, attendu: Attendu, dits: dict[str, Quantite]) -> str:
        calcule = dits.get(attendu.chiffre)
        if calcule is None:
            return "aucun chiffre de ce nom"
        voulu = attendu.quantite
        valeurs = (_valeur(voulu), _valeur(calcule))
        if attendu.chiffre.startswith(SANS_PRECISION):
            return "" if valeurs[0] == valeurs[1] else str(calcule)
        pareil = valeurs[0] == valeurs[1] and voulu.precision == calcule.precision
        return "" if pareil else str(calcule)


def en_chiffres(texte: str) -> str:
    """Sans accents ni casse, nombres en chiffres : « Trois territoires » et « 3 territoires »."""
    return " ".join(NOMBRES.get(mot, mot) for mot in normaliser(texte).split())


def _valeur(quantite: Quantite) -> Decimal | None:
    return None if quantite.valeur is None else Decimal(quantite.valeur).normalize()


def _du_cas(code: str, missions: int) -> dict[str, Quantite]:
    chiffres = {"missions.nombre": Quantite(Decimal(missions))}
    probleme: Any = Problematique.objects.filter(pk=identifiant_de_problematique(code)).first()
    if probleme:
        chiffres["problematique.rencontres"] = probleme.rencontres
        chiffres["problematique.structures"] = probleme.structures_consultees
    return chiffres
