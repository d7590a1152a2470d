"""Qui a dit oui : le porteur du DLA valide, le comité d'appui donne un avis."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import historise


class EtatValidation(models.TextChoices):
    """Où en est l'accord de la structure porteuse du DLA."""

    DEMANDEE = "demandee", "demandée"
    VALIDEE = "validee", "validée"
    REFUSEE = "refusee", "refusée"


@historise()
class ValidationDuPorteur(ElementDeDossier):
    """L'accord de la structure qui porte le DLA."""

    ingenierie = models.OneToOneField(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="validation_du_porteur"
    )
    etat = models.CharField(
        "état", max_length=10, choices=EtatValidation.choices, default=EtatValidation.DEMANDEE
    )
    date = models.DateField("date", null=True, blank=True)
    par = models.CharField("par", max_length=200, blank=True)
    remarques = models.TextField("remarques", max_length=2000, blank=True)

    class Meta:
        verbose_name = "validation du porteur"
        constraints = [
            models.CheckConstraint(
                condition=Q(etat=EtatValidation.DEMANDEE) | Q(date__isnull=False),
                name="validation_datee",
                violation_error_message="Donnez la date de la réponse du porteur.",
            )
        ]

    def __str__(self) -> str:
        return self.get_etat_display()


class Mode(models.TextChoices):
    """Comment l'avis est recueilli (règle 2 du métier)."""

    SEANCE = "seance", "en séance"
    COURRIEL = "courriel", "par courriel"
    ABSENT = "absent", "sans avis recueilli"


class Sens(models.TextChoices):
    """Ce que dit le comité ; rien tant qu'il n'a pas répondu."""

    FAVORABLE = "favorable", "favorable"
    RESERVES = "reserves", "favorable avec réserves"
    DEFAVORABLE = "defavorable", "défavorable"
    SANS = "sans", "ne se prononce pas"


class AvisQuerySet(models.QuerySet["Avis"]):
    """Vocabulaire des listes d'avis."""

    def attendus(self) -> AvisQuerySet:
        """Demandés, pas encore donnés."""
        return self.exclude(mode=Mode.ABSENT).filter(sens="")

    def rendus(self) -> AvisQuerySet:
        return self.exclude(sens="")

    def a_venir(self, aujourdhui: date) -> AvisQuerySet:
        """Ceux d'une séance qui n'a pas encore eu lieu."""
        return self.attendus().filter(mode=Mode.SEANCE, date__gte=aujourdhui)


@historise()
class Avis(ElementDeDossier):
    """L'avis d'un comité d'appui : consultatif, en séance, par courriel, ou absent avec sa raison.

    `date` est celle de la séance ou de la réponse attendue, puis celle de l'avis rendu.
    """

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="avis"
    )
    operateur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="comité d’appui de",
        on_delete=models.PROTECT,
        related_name="avis_du_comite",
    )
    mode = models.CharField("comment", max_length=8, choices=Mode.choices, default=Mode.SEANCE)
    date = models.DateField("date", null=True, blank=True)
    sens = models.CharField("avis", max_length=12, blank=True, choices=Sens.choices)
    reserves = models.TextField("réserves et remarques", max_length=4000, blank=True)
    suite_donnee = models.TextField("suite que le DLA y donne", max_length=4000, blank=True)
    raison_de_l_absence = models.TextField(
        "pourquoi il n’y a pas d’avis", max_length=1000, blank=True
    )

    objects = AvisQuerySet.as_manager()

    class Meta:
        verbose_name = "avis du comité d’appui"
        verbose_name_plural = "avis du comité d’appui"
        ordering = ["-date", "-cree_le"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(mode=Mode.ABSENT) | (Q(sens="") & ~Q(raison_de_l_absence="")),
                name="avis_absent_explique",
                violation_error_message=(
                    "Sans avis recueilli, dites pourquoi et laissez l’avis vide."
                ),
            ),
            models.CheckConstraint(
                condition=Q(sens="") | Q(date__isnull=False),
                name="avis_rendu_date",
                violation_error_message="Un avis rendu porte sa date.",
            ),
        ]
        indexes = [
            models.Index(fields=["operateur", "-date"], name="avis_operateur_date"),
        ]

    def __str__(self) -> str:
        return str(self.get_sens_display() if self.sens else self.get_mode_display())

    @property
    def rendu(self) -> bool:
        return bool(self.sens)

    @property
    def acquis(self) -> bool:
        """Rendu, ou absent avec sa raison : la démarche est faite (règle 2 du métier)."""
        return self.rendu or self.mode == Mode.ABSENT
