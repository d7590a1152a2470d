"""Notifications : dites une fois, remises dans la page et dans un résumé par courriel."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Vocabulaire des listes de notifications."""

    def non_lues(self) -> NotificationQuerySet:
        return self.filter(lue_le__isnull=True)

    def a_resumer(self) -> NotificationQuerySet:
        return self.filter(lue_le__isnull=True, resumee_le__isnull=True)


class Notification(models.Model):
    """Un événement dit à une personne ; `cle` empêche de dire deux fois la même chose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    destinataire = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    phrase = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    cle = models.CharField(max_length=200)
    creee_le = models.DateTimeField(auto_now_add=True)
    lue_le = models.DateTimeField(null=True)
    resumee_le = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-creee_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["destinataire", "cle"], name="notification_dite_une_fois"
            )
        ]
        indexes = [models.Index(fields=["destinataire", "lue_le"], name="notification_non_lue")]

    def __str__(self) -> str:
        return self.phrase
