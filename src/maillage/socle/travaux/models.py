"""Travaux longs, avec leur progression."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class EtatTravail(models.TextChoices):
    """Où en est un travail."""

    EN_ATTENTE = "en_attente", "en attente"
    EN_COURS = "en_cours", "en cours"
    FINI = "fini", "fini"
    ECHOUE = "echoue", "échoué"


class Travail(models.Model):
    """Un travail demandé par quelqu'un ; `fait` sur `total`, et une phrase qui dit où il en est."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    libelle = models.CharField(max_length=200)
    tache = models.CharField(max_length=120)
    parametres = models.JSONField(default=dict)
    etat = models.CharField(
        max_length=12, choices=EtatTravail.choices, default=EtatTravail.EN_ATTENTE
    )
    fait = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    resultat = models.JSONField(default=dict)
    demande_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="travaux"
    )
    cree_le = models.DateTimeField(auto_now_add=True)
    vivant_le = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-cree_le"]

    def __str__(self) -> str:
        return self.libelle

    @property
    def pourcent(self) -> int:
        return round(100 * self.fait / self.total) if self.total else 0
