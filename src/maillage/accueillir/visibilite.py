"""Qui voit la demande et le parcours d'une structure, et pourquoi : une table, lue de deux façons.

L'équipe du DLA qui mène y écrit et lit l'interne ; les contacts de la structure lisent le leur.
Qui peut lire un diagnostic tient, en plus, aux autorisations de la structure (règle 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from maillage.annuaire.models.types import Role
from maillage.annuaire.perimetre import Perimetre, perimetre_de
from maillage.socle.droits import reunir

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class Motif:
    """Une raison de voir : l'organisation que l'objet porte en `champ` est une des `miennes`.

    `interne` : ce qui est interne au DLA, et le droit d'écrire. `si` : un champ que l'objet doit
    avoir rempli (un diagnostic ne se montre qu'une fois soumis).
    """

    champ: str
    miennes: frozenset[UUID]
    phrase: str
    interne: bool = False
    si: str = ""

    @property
    def filtre(self) -> Q:
        ouvert = Q(**{f"{self.si}__isnull": False}) if self.si else Q()
        return Q(**{f"{self.champ}__in": self.miennes}) & ouvert

    def retient(self, objet: Any) -> bool:
        """Le même test que `filtre`, sur un objet déjà lu."""
        if self.si and getattr(objet, self.si) is None:
            return False
        return getattr(objet, f"{self.champ}_id") in self.miennes


def motifs(perimetre: Perimetre, *, si: str = "") -> Iterator[Motif]:
    """Les motifs d'un périmètre, du plus proche au plus large ; `si` ne gêne que la structure."""
    if equipes := perimetre.operateurs:
        yield Motif("operateur", equipes, "Votre DLA accompagne cette structure.", interne=True)
    if siennes := frozenset(e.organisation for e in perimetre.tenus({Role.STRUCTURE})):
        yield Motif("structure", siennes, "C’est votre structure.", si=si)


def motifs_de(utilisateur: Utilisateur, objet: Any) -> list[Motif]:
    """Tous les motifs de voir cet objet, le plus proche d'abord."""
    ouverts = motifs(perimetre_de(utilisateur), si=objet.montre_si)
    return [m for m in ouverts if m.retient(objet)]


def filtre_de_visibilite(utilisateur: Utilisateur, *, si: str = "") -> Q:
    """Le filtre SQL de ce qui est visible ; rien pour qui n'a aucun motif."""
    return reunir(m.filtre for m in motifs(perimetre_de(utilisateur), si=si))
