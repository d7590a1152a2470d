"""Convenir d'un objectif, le corriger, le retirer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.accueillir.models import ObjectifConvenu
from maillage.annuaire.models import Organisation
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class DejaConvenu(Exception):
    """Le même objectif vient d'être écrit par quelqu'un d'autre."""


@operation
def convenir(objectif: ObjectifConvenu, *, par: Utilisateur) -> ObjectifConvenu:
    """Écrit un objectif. Lève `DejaConvenu` si un second clic, ou une collègue, l'a devancé."""
    Organisation.objects.select_for_update().get(pk=objectif.operateur_id)
    meme = {nom: getattr(objectif, nom) for nom in ("annee", "nature", "financeur")}
    if ObjectifConvenu.objects.filter(operateur=objectif.operateur_id, **meme).exists():
        raise DejaConvenu
    objectif.save(force_insert=True)
    journaliser(objectif, f"a convenu de l’objectif {objectif}", par=par, interne=True)
    return objectif


@operation
def corriger(objectif: ObjectifConvenu, *, version: int, par: Utilisateur) -> ObjectifConvenu:
    """Corrige un objectif. Lève `ConflitDeVersion`."""
    enregistrer(objectif, version=version)
    journaliser(objectif, f"a corrigé l’objectif {objectif}", par=par, interne=True)
    return objectif


@operation
def retirer(objectif: ObjectifConvenu, *, par: Utilisateur) -> None:
    """Retire un objectif ; son historique reste."""
    journaliser(objectif, f"a retiré l’objectif {objectif}", par=par, interne=True)
    ObjectifConvenu.objects.filter(pk=objectif.pk).delete()
