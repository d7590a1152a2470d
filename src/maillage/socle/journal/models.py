"""Le journal lisible : une phrase par acte, rattachée au sujet qu'elle concerne."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from django.db.models import Model


class ActeQuerySet(models.QuerySet["Acte"]):
    """Vocabulaire des listes du journal."""

    def sur(self, sujet: Model) -> ActeQuerySet:
        return self.filter(sujet_type=sujet._meta.label_lower, sujet_id=sujet.pk)

    def partageables(self) -> ActeQuerySet:
        return self.filter(interne=False)


class Acte(models.Model):
    """Qui a fait quoi, quand, sur quel sujet ; `contexte` mène aux valeurs d'avant et d'après."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quand = models.DateTimeField(auto_now_add=True)
    qui = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="actes"
    )
    phrase = models.CharField(max_length=500)
    sujet_type = models.CharField(max_length=80)
    sujet_id = models.UUIDField()
    interne = models.BooleanField("interne au DLA", default=False)
    contexte = models.UUIDField(null=True)

    objects = ActeQuerySet.as_manager()

    class Meta:
        ordering = ["-quand", "-id"]
        indexes = [models.Index(fields=["sujet_type", "sujet_id", "-quand"], name="acte_sujet")]

    def __str__(self) -> str:
        return self.phrase
