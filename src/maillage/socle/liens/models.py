"""Un lien personnel : pour quoi il vaut, jusqu'à quand, s'il a été ouvert."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class LienQuerySet(models.QuerySet["Lien"]):
    """Vocabulaire des listes de liens."""

    def en_cours(self) -> LienQuerySet:
        """Ni révoqués ni expirés."""
        return self.filter(revoque_le__isnull=True, expire_le__gt=timezone.now())


class Lien(models.Model):
    """Le jeton lui-même n'est écrit nulle part : qui lit cette table n'ouvre aucune page.

    `finalite` : la seule chose à quoi il sert ; présenté ailleurs, il n'existe pas.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    condensat = models.CharField(max_length=64, unique=True)
    finalite = models.CharField(max_length=40)
    cree_le = models.DateTimeField(auto_now_add=True)
    expire_le = models.DateTimeField()
    revoque_le = models.DateTimeField(null=True)
    ouvert_le = models.DateTimeField(null=True)
    vu_le = models.DateTimeField(null=True)

    objects = LienQuerySet.as_manager()

    class Meta:
        verbose_name = "lien personnel"

    def __str__(self) -> str:
        return self.finalite

    @property
    def en_cours(self) -> bool:
        """La même règle que `en_cours()`, pour un lien déjà lu."""
        return self.revoque_le is None and self.expire_le > timezone.now()
