"""Avancement d'une démarche ou d'un point du cycle dans un dossier."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.socle.modeles import ModeleSuivi, historise


class EtatAvancement(models.TextChoices):
    """Les quatre états d'une démarche ou d'un point ; aucun n'empêche d'avancer."""

    A_FAIRE = "a_faire", "à faire"
    EN_COURS = "en_cours", "en cours"
    FAIT = "fait", "fait"
    SANS_OBJET = "sans_objet", "sans objet"


class AvancementQuerySet(models.QuerySet["Avancement"]):
    """Vocabulaire des listes d'avancement."""

    def restant(self) -> AvancementQuerySet:
        return self.filter(etat__in=[EtatAvancement.A_FAIRE, EtatAvancement.EN_COURS])


@historise()
class Avancement(ModeleSuivi):
    """Ce que l'agent a décidé d'une démarche ou d'un point ; sans ligne, il est à faire."""

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="avancements"
    )
    code = models.CharField("démarche ou point du cycle", max_length=80)
    etat = models.CharField(
        "état", max_length=12, choices=EtatAvancement.choices, default=EtatAvancement.A_FAIRE
    )
    motif = models.CharField("raison", max_length=300, blank=True)
    echeance = models.DateField("à faire pour le", null=True, blank=True)

    objects = AvancementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ingenierie", "code"], name="avancement_unique"),
            models.CheckConstraint(
                condition=~Q(etat=EtatAvancement.SANS_OBJET) | ~Q(motif=""),
                name="avancement_sans_objet_motive",
                violation_error_message=(
                    "Dites en quelques mots pourquoi c’est sans objet : la raison reste au dossier."
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["echeance"],
                condition=Q(etat__in=["a_faire", "en_cours"]),
                name="avancement_echeances",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} : {self.get_etat_display()}"
