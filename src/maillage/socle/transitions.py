"""Transitions en tables déclarées : de, vers, libellé, garde qui donne sa raison, effet.

CONSULTATION = TableDeTransitions("etat", [
    Transition("ouvrir", de={"preparee"}, vers="ouverte",
               libelle="Ouvrir la consultation", garde=cahier_pret, effet=dater_ouverture),
])
CONSULTATION.possibles(consultation)   # pour la page : chaque verbe et sa décision
CONSULTATION.appliquer("ouvrir", consultation)   # dans une opération
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from maillage.socle.droits import Decision, permis

Garde = Callable[[Any], Decision]
Effet = Callable[[Any], None]


def _toujours(_objet: Any) -> Decision:
    return permis("Rien ne s’y oppose.")


def _sans_effet(_objet: Any) -> None:
    return None


class TransitionRefusee(Exception):
    """L'objet n'est pas dans l'état voulu, ou la garde refuse ; le message dit pourquoi."""


@dataclass(frozen=True, slots=True)
class Transition:
    """Un verbe : d'où l'on part, où l'on arrive, comment cela se dit, ce qui peut l'empêcher.

    `motif` : la raison que la page demande d'écrire ; vide si le verbe se joue d'un clic.
    """

    nom: str
    de: frozenset[str] | set[str]
    vers: str
    libelle: str
    garde: Garde = _toujours
    effet: Effet = _sans_effet
    motif: str = ""

    @property
    def en_phrase(self) -> str:
        """Le libellé au fil d'une phrase : « a choisi de clore la mission »."""
        return self.libelle[0].lower() + self.libelle[1:]


@dataclass(frozen=True, slots=True)
class Verbe:
    """Une transition offerte à quelqu'un : permise ou non, et où l'envoyer."""

    transition: Transition
    decision: Decision
    url: str


class TableDeTransitions:
    """Les transitions d'un champ d'état."""

    def __init__(self, champ: str, transitions: Iterable[Transition]) -> None:
        self.champ = champ
        self._par_nom = {t.nom: t for t in transitions}

    def __iter__(self) -> Iterator[Transition]:
        return iter(self._par_nom.values())

    def possibles(self, objet: Any) -> list[tuple[Transition, Decision]]:
        """Les verbes qui partent de l'état présent, chacun avec sa décision."""
        etat = getattr(objet, self.champ)
        return [(t, t.garde(objet)) for t in self if etat in t.de]

    def verbes(self, objet: Any, route: str, cle: Any) -> list[Verbe]:
        """Les mêmes, pour `c-verbes` ; `route` prend cette clé et le nom du verbe."""
        return [
            Verbe(t, decision, reverse(route, args=[cle, t.nom]))
            for t, decision in self.possibles(objet)
        ]

    def appliquer(self, nom: str, objet: Any) -> Transition:
        """Change l'état et joue l'effet, sans enregistrer : l'opération appelante le fait.

        Lève `TransitionRefusee` avec la raison.
        """
        transition = self._par_nom.get(nom)
        if transition is None:
            raise TransitionRefusee(f"« {nom} » n’est pas un geste connu.")
        if getattr(objet, self.champ) not in transition.de:
            raise TransitionRefusee(
                f"« {transition.libelle} » n’est plus possible : "
                f"l’état est maintenant « {self._etat_en_clair(objet)} »."
            )
        decision = transition.garde(objet)
        if not decision:
            raise TransitionRefusee(decision.raison)
        setattr(objet, self.champ, transition.vers)
        transition.effet(objet)
        return transition

    def _etat_en_clair(self, objet: Any) -> str:
        libelle = getattr(objet, f"get_{self.champ}_display", None)
        return str(libelle() if libelle else getattr(objet, self.champ))
