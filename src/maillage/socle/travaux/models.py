"""Travaux longs, avec leur progression."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse

from maillage.socle.quantites import ecrire_nombre

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class EtatTravail(models.TextChoices):
    """Où en est un travail."""

    EN_ATTENTE = "en_attente", "en attente"
    EN_COURS = "en_cours", "en cours"
    FINI = "fini", "fini"
    ECHOUE = "echoue", "échoué"


class TravailQuerySet(models.QuerySet["Travail"]):
    """Vocabulaire des listes de travaux."""

    def visibles_par(self, utilisateur: Utilisateur) -> TravailQuerySet:
        """Ceux que cette personne a demandés ; tous, pour qui administre l'instance."""
        return self if utilisateur.is_staff else self.filter(demande_par=utilisateur)

    def inacheves(self) -> TravailQuerySet:
        return self.filter(etat__in=[EtatTravail.EN_ATTENTE, EtatTravail.EN_COURS])

    def echoues(self) -> TravailQuerySet:
        return self.filter(etat=EtatTravail.ECHOUE)


class Travail(models.Model):
    """Un travail demandé par quelqu'un ; `fait` sur `total`, et une phrase qui dit où il en est.

    `suite` est l'adresse où continuer une fois le travail fini ; `essai` compte les relances.
    """

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
    suite = models.CharField(max_length=300, blank=True)
    essai = models.PositiveSmallIntegerField(default=1)
    demande_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="travaux"
    )
    cree_le = models.DateTimeField(auto_now_add=True)

    objects = TravailQuerySet.as_manager()

    class Meta:
        ordering = ["-cree_le"]

    def __str__(self) -> str:
        return self.libelle

    def get_absolute_url(self) -> str:
        return reverse("socle:travail", args=[self.pk])

    @property
    def acheve(self) -> bool:
        return self.etat in (EtatTravail.FINI, EtatTravail.ECHOUE)

    @property
    def avancement(self) -> str:
        """« 12 000 sur 34 900 · communes » : le nombre, puis ce que dit la tâche."""
        nombre = f"{ecrire_nombre(self.fait)} sur {ecrire_nombre(self.total)}"
        return f"{nombre} · {self.message}" if self.message else nombre
