"""Relier l'action d'un parcours à ce qui la reprend ; une phrase au parcours, une au dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from maillage.accueillir.models import Action, EtatAction
from maillage.accueillir.parcours.transitions import ACTIONS
from maillage.confirmer.models import Palier, SuiteDAction
from maillage.confirmer.operations import inviter
from maillage.identifier import droits as besoins
from maillage.identifier.models import Problematique
from maillage.identifier.operations import ajouter_structure
from maillage.ingenieries.droits import peut_modifier
from maillage.ingenieries.models import Ingenierie, NatureIngenierie
from maillage.ingenieries.operations import Liens, ouvrir_ingenierie
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@operation
def ouvrir_mission(
    action: Action, ingenierie: Ingenierie, *, liens: Liens, par: Utilisateur
) -> Ingenierie:
    """Ouvre la mission individuelle d'une action, sa structure déjà retenue.

    Deux clics n'en ouvrent qu'une : le second trouve la première.
    """
    Action.objects.select_for_update().get(pk=action.pk)
    ouverte = _deja_ouverte(action)
    if ouverte:
        return ouverte
    ouvrir_ingenierie(ingenierie, liens=liens, par=par)
    inviter(
        ingenierie,
        [action.parcours.structure],
        palier=Palier.RETENUE,
        contactee_le=timezone.localdate(),
        par=par,
    )
    _relier(action, par=par, ingenierie=ingenierie)
    journaliser(action.parcours, f"a ouvert la mission {citer(ingenierie.titre)}", par=par)
    return ingenierie


@operation
def rejoindre_mission(action: Action, ingenierie: Ingenierie, *, par: Utilisateur) -> None:
    """Dit qu'une mission reprend l'action ; son DLA pilote y repère aussi la structure."""
    if not _relier(action, par=par, ingenierie=ingenierie):
        return
    if peut_modifier(par, ingenierie):
        inviter(ingenierie, [action.parcours.structure], par=par)
    _dire(action, ingenierie, par)


@operation
def rejoindre_besoin(action: Action, problematique: Problematique, *, par: Utilisateur) -> None:
    """Dit qu'un besoin partagé reprend l'action ; qui le porte y inscrit la structure."""
    if not _relier(action, par=par, problematique=problematique):
        return
    if besoins.peut_modifier(par, problematique):
        ajouter_structure(problematique, action.parcours.structure, par=par)
    _dire(action, problematique, par)


@operation
def detacher(suite: SuiteDAction, *, par: Utilisateur) -> None:
    """Défait le lien ; la mission, sa mobilisation et l'action restent ce qu'elles sont."""
    phrase = f"a détaché {citer(suite)}"
    supprimes, _ = SuiteDAction.objects.filter(pk=suite.pk).delete()
    if supprimes:
        journaliser(suite.action.parcours, phrase, par=par, interne=True)


def _dire(action: Action, cible: Ingenierie | Problematique, par: Utilisateur) -> None:
    """Interne : la structure n'apprend pas par un journal qu'une mission pense à elle."""
    journaliser(action.parcours, f"a rattaché {citer(cible.titre)}", par=par, interne=True)


def _deja_ouverte(action: Action) -> Ingenierie | None:
    return Ingenierie.objects.filter(
        provenances__action=action, nature=NatureIngenierie.INDIVIDUELLE
    ).first()


def _relier(action: Action, *, par: Utilisateur, **vers: Any) -> bool:
    """Pose le lien, et engage une action encore prévue ; faux s'il y était déjà."""
    _, cree = SuiteDAction.objects.get_or_create(action=action, **vers)
    if cree and action.etat == EtatAction.PREVUE:
        ACTIONS.appliquer("engager", action)
        action.version += 1
        action.save()
    return cree
