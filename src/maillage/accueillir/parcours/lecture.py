"""Lire un parcours, ses actions et tout ce que sa page montre, en peu de requêtes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from maillage.accueillir.models import Action, Besoin, Evolution, Parcours, PointDeSuivi
from maillage.accueillir.parcours.droits import Regard, montre_les_besoins, peut_jouer
from maillage.accueillir.parcours.suites import Geste, Suite, gestes_de, suites_de
from maillage.accueillir.parcours.transitions import ACTIONS
from maillage.socle.droits import visible_ou_404
from maillage.socle.transitions import Verbe

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@dataclass(frozen=True, slots=True)
class LigneDAction:
    """Une action prête à montrer ; `besoin` est vide pour qui ne doit pas le lire."""

    action: Action
    forme: str
    besoin: Besoin | None
    verbes: list[Verbe]
    suites: Sequence[Suite]
    gestes: Sequence[Geste]


@dataclass(frozen=True, slots=True)
class LigneDeBesoin:
    """Un besoin repris du diagnostic, le nombre d'actions qui y répondent, ce qu'il devient."""

    besoin: Besoin
    actions: int
    evolution: Evolution | None

    @property
    def evolue(self) -> bool:
        """On a dit ce qu'il est devenu."""
        return self.evolution is not None and bool(self.evolution.constat or self.evolution.mots)


def lire_parcours(utilisateur: Utilisateur, cle: UUID) -> Parcours:
    """Le parcours et ce qui l'entoure, en une requête. Lève `Http404` hors périmètre."""
    lus = Parcours.objects.select_related("structure", "operateur", "charge", "diagnostic")
    return visible_ou_404(lus, utilisateur, pk=cle)


def lire_actions(
    parcours: Parcours, utilisateur: Utilisateur, vue: Regard, jour: date
) -> list[LigneDAction]:
    """Les actions, avec ce que cette personne peut en faire (deux requêtes)."""
    suites = suites_de(parcours, utilisateur)
    lues = parcours.actions.select_related("personne", "ressource", "besoin")
    return [
        LigneDAction(
            action,
            action.forme(jour),
            _besoin_lisible(action, parcours, vue),
            _verbes(action, parcours, utilisateur),
            suites.get(action.pk, ()),
            gestes_de(action, suites.get(action.pk, ())) if vue.modifier else (),
        )
        for action in lues
    ]


def _verbes(action: Action, parcours: Parcours, utilisateur: Utilisateur) -> list[Verbe]:
    action.parcours = parcours
    possibles = ACTIONS.verbes(action, "accueillir:action_etat", action.pk)
    return [v for v in possibles if peut_jouer(utilisateur, parcours, action, v.transition.nom)]


def _besoin_lisible(action: Action, parcours: Parcours, vue: Regard) -> Besoin | None:
    besoin = action.besoin
    cache = besoin is None or (besoin.interne and not vue.suit)
    return None if cache or not montre_les_besoins(parcours, vue) else besoin


def besoins_de(parcours: Parcours, vue: Regard) -> list[Besoin]:
    """Les besoins repris du diagnostic que ce regard peut lire (une requête, ou aucune)."""
    diagnostic = parcours.diagnostic
    if diagnostic is None or not montre_les_besoins(parcours, vue):
        return []
    return list(diagnostic.besoins.all() if vue.suit else diagnostic.besoins.filter(interne=False))


def lire_besoins(
    parcours: Parcours, vue: Regard, actions: list[LigneDAction]
) -> list[LigneDeBesoin]:
    """Chaque besoin, ce qui y répond et ce qu'il devient (deux requêtes)."""
    besoins = besoins_de(parcours, vue)
    evolutions = {e.besoin_id: e for e in parcours.evolutions.all()} if besoins else {}
    reponses = [ligne.action.besoin_id for ligne in actions]
    return [LigneDeBesoin(b, reponses.count(b.pk), evolutions.get(b.pk)) for b in besoins]


def prochain_point(points: list[PointDeSuivi]) -> date | None:
    """Le rendez-vous que fixe la dernière rencontre ; une rencontre plus récente l'efface."""
    return points[0].prochain_le if points else None
