"""Un groupe en mots : pourquoi il tient, et les quatre vigilances (S3, fiche 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from maillage.confirmer.calculs.vigilances import (
    concurrences,
    dire_les_concurrences,
    niveaux_ecartes,
)
from maillage.confirmer.groupes.calculs.creneaux import rang_du_creneau
from maillage.confirmer.groupes.calculs.entrees import (
    Entree,
    kilometres,
    peut_etre_concurrentes,
)
from maillage.confirmer.groupes.calculs.pose import Paire
from maillage.socle.mots import compter, enumerer
from maillage.socle.quantites import INSECABLE

NIVEAUX = ("découvre le sujet", "pratique déjà", "maîtrise le sujet")
PART_COMMUNE = 1 / 3
"""Une attente est commune quand au moins ce tiers du groupe la dit."""
LOIN_KM = 80


@dataclass(frozen=True, slots=True)
class Portrait:
    """`raisons` : pourquoi il tient ; `points_faibles` : (code de la vigilance, phrase).

    `distance` : la médiane, en kilomètres, entre deux de ses structures ; None si on l'ignore.
    """

    effectif: int
    raisons: tuple[str, ...]
    points_faibles: tuple[tuple[str, str], ...]
    distance: float | None

    @property
    def phrase(self) -> str:
        """« 8 structures : niveaux proches ; 24 km entre deux, en médiane. »"""
        debut = compter(self.effectif, "structure")
        return f"{debut} : {' ; '.join(self.raisons)}." if self.raisons else f"{debut}."


def portrait(
    membres: Sequence[Entree],
    *,
    concurrentes: Collection[Paire] = (),
    moteurs: Collection[str] = (),
) -> Portrait:
    """Le portrait d'un groupe. `concurrentes` : les paires que l'agent a notées, par clés."""
    distances = [km for a, b in combinations(membres, 2) if (km := kilometres(a, b)) is not None]
    raisons = [
        _niveaux_proches(membres),
        _attentes_communes(membres),
        _distance(distances),
        _creneau_commun(membres),
        _envergure(membres, moteurs),
    ]
    faibles = [
        ("competences", niveaux_ecartes(_niveau(e) for e in membres)),
        ("attentes", _attentes_tues(membres)),
        ("concurrence", _concurrences(membres, concurrentes)),
        ("concurrence", _indices(membres, concurrentes)),
        ("similitude", _semblables(membres)),
        ("similitude", _eloignees(membres)),
    ]
    return Portrait(
        effectif=len(membres),
        raisons=tuple(r for r in raisons if r),
        points_faibles=tuple((code, phrase) for code, phrase in faibles if phrase),
        distance=median(distances) if distances else None,
    )


def _niveau(entree: Entree) -> str:
    return "" if entree.niveau is None else NIVEAUX[entree.niveau]


def _niveaux_proches(membres: Sequence[Entree]) -> str:
    connus = [e.niveau for e in membres if e.niveau is not None]
    if len(connus) < 2 or max(connus) - min(connus) > 1:
        return ""
    if max(connus) == min(connus):
        return f"même niveau ({NIVEAUX[connus[0]]})"
    return "niveaux proches"


def _attentes_communes(membres: Sequence[Entree]) -> str:
    dites = Counter(racine for e in membres for racine in dict(e.attentes))
    mots = {racine: mot for e in reversed(membres) for racine, mot in e.attentes}
    seuil = max(2, len(membres) * PART_COMMUNE)
    communes = [
        r for r, nombre in sorted(dites.items(), key=lambda d: (-d[1], d[0])) if nombre >= seuil
    ]
    return f"attentes communes ({enumerer([mots[r] for r in communes[:3]])})" if communes else ""


def _distance(distances: Sequence[float]) -> str:
    if not distances:
        return ""
    return f"{median(distances):.0f}{INSECABLE}km à vol d’oiseau entre deux, en médiane"


def _creneau_commun(membres: Sequence[Entree]) -> str:
    connues = [e.creneaux for e in membres if e.creneaux is not None]
    libres = Counter(creneau for siens in connues for creneau in siens)
    if len(connues) < 2 or not libres:
        return ""
    creneau, nombre = min(libres.items(), key=lambda c: (-c[1], rang_du_creneau(c[0])))
    if nombre * 2 <= len(connues):
        return ""
    if nombre == len(membres):
        return f"toutes libres le {creneau}"
    return f"{nombre} libres le {creneau}"


def _envergure(membres: Sequence[Entree], moteurs: Collection[str]) -> str:
    noms = [e.nom for e in membres if e.cle in moteurs]
    return f"{enumerer(noms)} pour entraîner" if noms else ""


def _attentes_tues(membres: Sequence[Entree]) -> str:
    muettes = sum(not e.attentes for e in membres)
    if muettes:
        return f"{compter(muettes, 'structure n’a', 'structures n’ont')} pas dit leurs attentes."
    if len(membres) > 2 and not _attentes_communes(membres):
        return "Aucune attente que plusieurs disent avec les mêmes mots."
    return ""


def _concurrences(membres: Sequence[Entree], paires: Iterable[Paire]) -> str:
    noms = {e.cle: e.nom for e in membres}
    return dire_les_concurrences(
        [(noms[une], noms[autre]) for une, autre in concurrences(noms.keys(), paires)]
    )


def _indices(membres: Sequence[Entree], notees: Collection[Paire]) -> str:
    """Même branche, même aire : à regarder, sans rien imposer."""
    deja = {frozenset(paire) for paire in notees}
    indices = [
        f"{a.nom} et {b.nom}"
        for a, b in combinations(membres, 2)
        if peut_etre_concurrentes(a, b) and frozenset((a.cle, b.cle)) not in deja
    ]
    if not indices:
        return ""
    suite = f" et {len(indices) - 2} autres paires" if len(indices) > 3 else ""
    montrees = indices[:2] if suite else indices
    return f"Même branche, même aire, à regarder : {' ; '.join(montrees)}{suite}."


def _semblables(membres: Sequence[Entree]) -> str:
    secteurs = {e.secteur for e in membres if e.secteur}
    communes = {e.lieu for e in membres if e.lieu}
    if len(membres) < 3:
        return ""
    pareils = [
        nom
        for nom, valeurs, dites in (
            ("secteur", secteurs, sum(bool(e.secteur) for e in membres)),
            ("commune", communes, sum(bool(e.lieu) for e in membres)),
        )
        if len(valeurs) == 1 and dites == len(membres)
    ]
    mots = {"secteur": "du même secteur", "commune": "de la même commune"}
    return f"Toutes {enumerer([mots[p] for p in pareils])}." if pareils else ""


def _eloignees(membres: Sequence[Entree]) -> str:
    """Celle qui est loin de toutes les autres."""
    loin = []
    for entree in membres:
        siennes = [
            km for e in membres if e is not entree and (km := kilometres(entree, e)) is not None
        ]
        if siennes and min(siennes) > LOIN_KM:
            loin.append(f"{entree.nom} ({min(siennes):.0f}{INSECABLE}km de la plus proche)")
    return f"À l’écart : {enumerer(loin)}." if loin else ""
