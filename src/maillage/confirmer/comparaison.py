"""Les offres côte à côte : chacune, ses chiffres, et les notes de chacun par critère."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage import methode
from maillage.confirmer.models import NoteDOffre, Offre

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.methode import Element


@dataclass(frozen=True, slots=True)
class Case:
    """Les notes reçues par une offre sur un critère ; l'écart se montre, rien ne se moyenne."""

    offre: Offre
    notes: tuple[NoteDOffre, ...]

    @property
    def ecart(self) -> str:
        """« de 2 à 5 » quand les avis diffèrent."""
        valeurs = [n.valeur for n in self.notes]
        if not valeurs or min(valeurs) == max(valeurs):
            return ""
        return f"de {min(valeurs)} à {max(valeurs)}"


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Les offres reçues, dans l'ordre des noms, et une ligne par critère."""

    offres: tuple[Offre, ...]
    lignes: tuple[tuple[Element, tuple[Case, ...]], ...]
    sans_offre: tuple[Offre, ...]

    @property
    def a_informer(self) -> list[Offre]:
        toutes = (*self.offres, *self.sans_offre)
        return [o for o in toutes if o.decision and o.informe_le is None]


def comparer(ingenierie: Ingenierie) -> Comparaison:
    """Les offres d'une mission et leurs notes, en deux requêtes."""
    toutes = list(
        ingenierie.offres.select_related("prestataire").prefetch_related("notes__auteur__personne")
    )
    recues = tuple(o for o in toutes if o.deposee_le)
    lignes = tuple(
        (critere, tuple(_case(offre, critere.code) for offre in recues))
        for critere in methode.consultation().criteres
    )
    return Comparaison(recues, lignes, tuple(o for o in toutes if not o.deposee_le))


def _case(offre: Offre, critere: str) -> Case:
    return Case(offre, tuple(n for n in offre.notes.all() if n.critere == critere))
