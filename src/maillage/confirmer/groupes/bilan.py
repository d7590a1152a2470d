"""Ce que vaut un scénario aujourd'hui : recompté, comparé à la borne si elle tient encore."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from maillage.confirmer.groupes.calculs.dire import Portrait, portrait
from maillage.confirmer.groupes.calculs.enfreintes import enfreintes
from maillage.confirmer.groupes.calculs.pose import Pose
from maillage.confirmer.groupes.calculs.reglages import Reglages, lire_reglages
from maillage.confirmer.groupes.lecture import Atelier
from maillage.confirmer.models import ScenarioDeGroupes
from maillage.socle.mots import compter
from maillage.socle.quantites import ecrire_nombre

_ARRONDI = 1e-6


def points(valeur: float) -> str:
    """Une valeur de l'objectif, à une décimale : « 12,4 »."""
    return ecrire_nombre(Decimal(str(round(valeur, 1))))


@dataclass
class Bilan:
    """Un scénario relu avec ce que l'on sait aujourd'hui des structures.

    `formes` : les rangs, dans `atelier.entrees`, des structures de chaque groupe.
    """

    atelier: Atelier
    scenario: ScenarioDeGroupes

    @cached_property
    def reglages(self) -> Reglages:
        return lire_reglages(self.scenario.reglages)

    @cached_property
    def pose(self) -> Pose:
        return self.atelier.poser(self.reglages)

    @cached_property
    def principales(self) -> list[int]:
        """La place principale de chaque structure, -1 dehors."""
        siennes = (self.scenario.places.get(e.cle) for e in self.atelier.entrees)
        return [places[0] if places else -1 for places in siennes]

    @cached_property
    def formes(self) -> list[frozenset[int]]:
        places = [self.scenario.places.get(e.cle, ()) for e in self.atelier.entrees]
        return [
            frozenset(i for i, siennes in enumerate(places) if rang in siennes)
            for rang in range(len(self.reglages.groupes))
        ]

    @cached_property
    def portraits(self) -> list[Portrait]:
        entrees = self.atelier.entrees
        return [
            portrait(
                [entrees[i] for i in sorted(forme)],
                concurrentes=self.atelier.concurrences,
                moteurs=self.reglages.moteurs,
            )
            for forme in self.formes
        ]

    @cached_property
    def enfreintes(self) -> list[str]:
        return enfreintes(self.pose, self.formes)

    @property
    def valeur(self) -> float:
        return self.pose.valeur(self.formes)

    @property
    def dehors(self) -> int:
        return self.principales.count(-1)

    @cached_property
    def arrivees(self) -> frozenset[str]:
        """Les clés des structures que ce scénario n'a jamais placées : arrivées depuis."""
        return frozenset(e.cle for e in self.atelier.entrees) - self.scenario.places.keys()

    @property
    def recouvre(self) -> bool:
        return sum(map(len, self.formes)) + self.dehors > len(self.principales)

    @property
    def vigilances(self) -> int:
        return sum(len(p.points_faibles) for p in self.portraits)

    @cached_property
    def borne(self) -> float | None:
        """La borne, si elle vaut encore : rien de ce qu'elle supposait n'a changé."""
        scenario = self.scenario
        tenus = scenario.verrous_tenus
        if scenario.borne is None or any(
            scenario.places.get(cle, [])[:1] != [rang] for cle, rang in tenus.items()
        ):
            return None
        empreinte = self.atelier.empreinte(self.reglages, tenus)
        return scenario.borne if empreinte == scenario.empreinte else None

    def dire_l_ecart(self) -> str:
        """Ce que l'on sait du mieux possible ; jamais plus que ce qui est prouvé."""
        if self.enfreintes:
            return "Cette répartition sort de ce que vous avez exigé : elle ne se compare pas."
        if self.borne is None:
            return (
                "Les structures, les exigences ou les verrous ont changé depuis le calcul : "
                "l’écart au mieux possible n’est plus connu."
            )
        ecart = self.borne - self.pose.probleme.valeur(self.principales)
        suite = " Les places en plus suivent les souhaits, sans preuve." if self.recouvre else ""
        tenus = len(self.scenario.verrous_tenus)
        cadre = f" avec {compter(tenus, 'verrou')}" if tenus else ""
        if ecart <= _ARRONDI:
            return f"Nulle répartition ne vaut mieux{cadre} : c’est prouvé.{suite}"
        if self.scenario.ajuste:
            dit = f"Ajustée à la main ; une autre{cadre} vaudrait au plus"
        else:
            dit = f"La meilleure trouvée{cadre} ; on ne peut exclure mieux, mais pas au-delà de"
        return f"{dit} {points(ecart)} de plus.{suite}"
