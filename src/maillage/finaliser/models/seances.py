"""Les séances et qui y était."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.quantites import QuantiteField, contrainte_quantite


class Forme(models.TextChoices):
    """Les formes d'un temps de travail (S3, fiche 2 ; S1)."""

    INFORMATION = "information", "information"
    COLLECTIVE = "collective", "temps collectif"
    INDIVIDUELLE = "individuelle", "temps individuel"
    ALTERNEE = "alternee", "temps collectifs et individuels alternés"
    PRESENTATION = "presentation", "présentation devant un jury"


@historise()
class Seance(ElementDeDossier):
    """Un temps de l'intervention ; la date d'un cas ancien peut rester inconnue.

    `presents` : nombre de structures venues que la source ne nomme pas.
    """

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="seances"
    )
    forme = models.CharField("forme", max_length=12, choices=Forme.choices)
    titre = models.CharField("titre", max_length=160)
    groupe = models.ForeignKey(
        "confirmer.Groupe",
        verbose_name="groupe",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="seances",
    )
    participation = models.ForeignKey(
        "confirmer.Participation",
        verbose_name="structure",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="seances",
        help_text="Pour un temps individuel.",
    )
    date = models.DateField("date", null=True, blank=True)
    heure = models.TimeField("heure", null=True, blank=True)
    duree = QuantiteField("durée", unite="jour")
    lieu = models.CharField("lieu", max_length=200, blank=True)
    intervenants = models.CharField("intervenants, membres du jury", max_length=400, blank=True)
    contenu = models.TextField("contenu", max_length=4000, blank=True)
    presents = QuantiteField("structures venues, sans les nommer", decimales=0)

    class Meta:
        verbose_name = "séance"
        ordering = [models.F("date").asc(nulls_last=True), "cree_le", "pk"]
        indexes = [
            models.Index(fields=["ingenierie", "date"], name="seance_mission_date"),
            models.Index(fields=["date"], condition=Q(date__isnull=False), name="seance_date"),
        ]
        constraints = [
            contrainte_quantite("duree", "seance"),
            contrainte_quantite("presents", "seance"),
        ]

    def __str__(self) -> str:
        return self.titre


class EtatPresence(models.TextChoices):
    """Une structure attendue à une séance."""

    PRESENT = "present", "présente"
    EXCUSE = "excuse", "excusée"
    ABSENT = "absent", "absente"


@historise()
class Presence(ModeleSuivi):
    """La présence d'une structure à une séance ; sans ligne, elle n'est pas notée."""

    seance = models.ForeignKey(Seance, on_delete=models.CASCADE, related_name="presences")
    participation = models.ForeignKey(
        "confirmer.Participation", on_delete=models.CASCADE, related_name="presences"
    )
    etat = models.CharField("présence", max_length=8, choices=EtatPresence.choices)

    class Meta:
        verbose_name = "présence"
        constraints = [
            models.UniqueConstraint(fields=["seance", "participation"], name="presence_unique")
        ]

    def __str__(self) -> str:
        return f"{self.participation} {self.get_etat_display()}"
