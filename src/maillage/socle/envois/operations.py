"""Annoncer un événement, une fois par personne, et tenir les notifications lues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from maillage.socle.envois.models import Notification

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def annoncer(*, cle: str, phrase: str, url: str, destinataires: Iterable[Utilisateur]) -> None:
    """Dit un événement à chacun, une seule fois ; redire la même clé ne fait rien.

    `cle` nomme l'événement (« avis-rendu:<uuid> »). Appelée dans une opération, l'annonce naît
    avec elle : visible une fois la transaction validée, jamais si elle échoue.
    """
    # L'ordre des clés évite que deux annonces simultanées s'attendent l'une l'autre.
    cles = sorted({personne.pk for personne in destinataires})
    Notification.objects.bulk_create(
        [Notification(destinataire_id=c, cle=cle, phrase=phrase[:300], url=url) for c in cles],
        ignore_conflicts=True,
    )


def marquer_lues(*, par: Utilisateur, cles: Iterable[UUID] | None = None) -> int:
    """Marque lues les notifications de cette personne, toutes ou celles-ci ; rend leur nombre."""
    siennes = Notification.objects.filter(destinataire=par).non_lues()
    if cles is not None:
        siennes = siennes.filter(pk__in=cles)
    return siennes.update(lue_le=timezone.now())


def choisir_resume(*, par: Utilisateur, quotidien: bool) -> None:
    """Règle le résumé par courriel : quotidien, ou jamais."""
    with transaction.atomic():
        par.resume_courriel = quotidien
        par.save(update_fields=["resume_courriel"])
