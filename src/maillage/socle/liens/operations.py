"""Remettre un lien, le retrouver par son jeton, noter qu'on l'a ouvert, le révoquer."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from maillage.socle.liens.models import Lien

OCTETS = 32


def creer(*, finalite: str, duree: timedelta) -> tuple[Lien, str]:
    """Un lien et son jeton (256 bits au hasard) ; le jeton ne se relira plus."""
    jeton = secrets.token_urlsafe(OCTETS)
    expire_le = timezone.now() + duree
    lien = Lien.objects.create(condensat=condenser(jeton), finalite=finalite, expire_le=expire_le)
    return lien, jeton


def trouver(jeton: str, *, finalite: str) -> Lien | None:
    """Le lien en cours de ce jeton, pour cette finalité ; None sans dire pourquoi."""
    condensat = condenser(jeton)
    lien = Lien.objects.en_cours().filter(condensat=condensat, finalite=finalite).first()
    if lien is None or not hmac.compare_digest(lien.condensat, condensat):
        return None
    return lien


def noter_ouverture(lien: Lien) -> None:
    """La première ouverture, et la dernière."""
    maintenant = timezone.now()
    Lien.objects.filter(pk=lien.pk, ouvert_le__isnull=True).update(ouvert_le=maintenant)
    Lien.objects.filter(pk=lien.pk).update(vu_le=maintenant)


def revoquer(liens: QuerySet[Lien]) -> int:
    """Ferme ces liens aussitôt ; rend combien étaient encore ouverts."""
    return liens.filter(revoque_le__isnull=True).update(revoque_le=timezone.now())


def condenser(jeton: str) -> str:
    """SHA-256 du jeton : il est aléatoire, un condensat lent n'apporterait rien."""
    return hashlib.sha256(jeton.encode("utf-8", "replace")).hexdigest()
