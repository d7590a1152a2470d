"""Ouvrir un dossier en une requête : l'objet, le regard porté sur lui, ses chiffres, ses lieux."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import Http404

from maillage.ingenieries import chiffres, mentions
from maillage.ingenieries.droits import candidats, marques, retenir
from maillage.ingenieries.models import Ingenierie
from maillage.territoires.models import Territoire

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def lire_dossier(utilisateur: Utilisateur, pk: UUID, *, entete: bool = False) -> Ingenierie:
    """Le dossier, s'il existe pour cette personne ; son regard est gardé pour la page.

    `entete` ajoute les chiffres, les mentions et les lieux (`lieux`, noms triés). Lève `Http404`.
    """
    possibles = candidats(utilisateur)
    voulues: dict[str, Any] = marques(possibles)
    if entete:
        noms = Territoire.objects.filter(ingenieries=OuterRef("pk")).order_by("nom").values("nom")
        voulues |= chiffres.expressions() | mentions.expressions(utilisateur)
        voulues["lieux"] = ArraySubquery(noms)
    lus = Ingenierie.objects.select_related("operateur", "charge").annotate(**voulues)
    dossier = lus.filter(pk=pk).first() if possibles else None
    if dossier is None or not retenir(utilisateur, pk, possibles, vars(dossier)):
        raise Http404
    return dossier
