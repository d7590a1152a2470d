"""Ce que l'on fait pour finaliser : une transaction par fonction, une phrase au journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from maillage.finaliser.calculs.presences import Fusion, fusionner
from maillage.finaliser.models import AppreciationDeRegistre, Presence, Reponse
from maillage.ingenieries.operations import ajouter_element, modifier_element
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import compter

if TYPE_CHECKING:
    from maillage.ingenieries.models import Ingenierie
    from maillage.socle.comptes import Utilisateur

Case = tuple[UUID, UUID]
"""Une case de la grille : (séance, participation)."""


@operation
def noter_presences(
    ingenierie: Ingenierie,
    *,
    lu: Mapping[Case, str],
    saisi: Mapping[Case, str],
    par: Utilisateur | None,
) -> Fusion[Case]:
    """Enregistre les cases changées ; celles qu'un autre a changées restent à trancher.

    Les clés sont des séances et participations de cette mission : la vue les y a lues.
    """
    type(ingenierie).objects.select_for_update().get(pk=ingenierie.pk)
    presences = Presence.objects.filter(seance__ingenierie=ingenierie)
    presentes = {(p.seance_id, p.participation_id): p for p in presences}
    fusion = fusionner(lu, saisi, {case: p.etat for case, p in presentes.items()})
    for case, etat in fusion.ecritures.items():
        _poser(presentes.get(case), case, etat)
    if fusion.ecritures:
        nombre = compter(len(fusion.ecritures), "présence")
        journaliser(ingenierie, f"a noté {nombre}", par=par, interne=True)
    return fusion


def _poser(presence: Presence | None, case: Case, etat: str) -> None:
    if presence is None:
        Presence.objects.create(seance_id=case[0], participation_id=case[1], etat=etat)
    elif etat:
        presence.etat = etat
        presence.version += 1
        presence.save()
    else:
        presence.delete()


@operation
def recueillir(
    ingenierie: Ingenierie, reponses: Sequence[Reponse], *, par: Utilisateur | None
) -> Sequence[Reponse]:
    """Enregistre d'un coup les réponses d'une même voix à plusieurs questions."""
    for reponse in reponses:
        reponse.ingenierie = ingenierie
        reponse.saisie_par = par
    Reponse.objects.bulk_create(reponses)
    if reponses:
        nombre = compter(len(reponses), "réponse")
        voix = reponses[0].get_public_display()
        journaliser(ingenierie, f"a saisi {nombre} ({voix})", par=par, interne=True)
    return reponses


def signer_l_ajout(
    appreciation: AppreciationDeRegistre, *, par: Utilisateur, **options: Any
) -> AppreciationDeRegistre:
    """Une appréciation porte le nom de qui l'écrit (règle 7 du métier)."""
    appreciation.auteur = par
    return ajouter_element(appreciation, par=par, **options)


def signer_la_reprise(
    appreciation: AppreciationDeRegistre, *, par: Utilisateur, **options: Any
) -> AppreciationDeRegistre:
    """Qui la reprend la signe à son tour ; l'historique garde les deux."""
    appreciation.auteur = par
    return modifier_element(appreciation, par=par, **options)
