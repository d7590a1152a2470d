"""Le parcours d'accompagnement : ce que l'on décide de faire, qui le fait, ce que cela a changé."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from maillage.accueillir import choix
from maillage.socle.modeles import ModeleSuivi, historise


class EtatParcours(models.TextChoices):
    """Où en est un parcours."""

    EN_COURS = "en_cours", "en cours"
    CLOS = "clos", "clos"
    INTERROMPU = "interrompu", "interrompu"


class EtatAction(models.TextChoices):
    """Où en est une action."""

    PREVUE = "prevue", "prévue"
    ENGAGEE = "engagee", "engagée"
    FAITE = "faite", "faite"
    ABANDONNEE = "abandonnee", "abandonnée"


@historise()
class Parcours(ModeleSuivi):
    """Les actions décidées avec une structure, à partir de son diagnostic."""

    structure = models.ForeignKey(
        "annuaire.Organisation", on_delete=models.PROTECT, related_name="parcours"
    )
    operateur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="suivi par",
        on_delete=models.PROTECT,
        related_name="parcours_suivis",
    )
    charge = models.ForeignKey(
        "annuaire.Personne",
        verbose_name="chargé·e d’accompagnement",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parcours_suivis",
    )
    diagnostic = models.ForeignKey(
        "accueillir.Diagnostic",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parcours",
    )
    ouvert_le = models.DateField("ouvert le", default=timezone.localdate)
    visee = models.TextField("ce que l’on vise", max_length=4000, blank=True)
    etat = models.CharField(
        "état", max_length=12, choices=EtatParcours.choices, default=EtatParcours.EN_COURS
    )
    clos_le = models.DateField("clos le", null=True, blank=True)
    changements = models.TextField("ce qui a changé", max_length=8000, blank=True)
    motif = models.TextField("pourquoi il s’arrête", max_length=4000, blank=True)

    class Meta:
        verbose_name = "parcours d’accompagnement"
        verbose_name_plural = "parcours d’accompagnement"
        ordering = ["-ouvert_le", "-cree_le"]
        constraints = [
            models.CheckConstraint(
                condition=Q(clos_le__isnull=True) | Q(clos_le__gte=models.F("ouvert_le")),
                name="parcours_clos_apres_ouverture",
                violation_error_message=(
                    "La date de clôture précède l’ouverture : corrigez l’une des deux."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(etat=EtatParcours.INTERROMPU) | ~Q(motif=""),
                name="parcours_interruption_motivee",
                violation_error_message="Dites pourquoi il s’arrête.",
            ),
        ]
        indexes = [
            models.Index(fields=["operateur", "etat", "-ouvert_le"], name="parcours_operateur"),
            models.Index(fields=["structure", "-ouvert_le"], name="parcours_structure"),
        ]

    def __str__(self) -> str:
        return f"Parcours de {self.structure}"


@historise()
class Action(ModeleSuivi):
    """Une action d'un parcours, son responsable et son échéance."""

    parcours = models.ForeignKey(Parcours, on_delete=models.CASCADE, related_name="actions")
    sorte = models.CharField("sorte", max_length=40, choices=choix.sortes_d_action)
    intitule = models.CharField("intitulé", max_length=200)
    besoin = models.ForeignKey(
        "accueillir.Besoin",
        verbose_name="besoin auquel elle répond",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="actions",
    )
    responsable = models.CharField("qui la mène", max_length=200, blank=True)
    ressource = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="organisation qui y aide",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions_de_parcours",
    )
    echeance = models.DateField("échéance", null=True, blank=True)
    etat = models.CharField(
        "état", max_length=12, choices=EtatAction.choices, default=EtatAction.PREVUE
    )
    faite_le = models.DateField("faite le", null=True, blank=True)
    resultat = models.TextField("ce qu’elle a donné", max_length=4000, blank=True)

    class Meta:
        ordering = ["echeance", "cree_le"]
        indexes = [models.Index(fields=["parcours", "etat", "echeance"], name="action_parcours")]

    def __str__(self) -> str:
        return self.intitule


@historise()
class PointDeSuivi(ModeleSuivi):
    """Une rencontre ou un échange de suivi, et le rendez-vous suivant."""

    parcours = models.ForeignKey(Parcours, on_delete=models.CASCADE, related_name="suivis")
    date = models.DateField("date", default=timezone.localdate)
    resume = models.TextField("ce qui s’est dit", max_length=4000, blank=True)
    note_interne = models.TextField("note interne au DLA", max_length=4000, blank=True)
    prochain_le = models.DateField("prochain point le", null=True, blank=True)

    class Meta:
        verbose_name = "point de suivi"
        verbose_name_plural = "points de suivi"
        ordering = ["-date", "-cree_le"]
        indexes = [models.Index(fields=["parcours", "-date"], name="suivi_parcours")]

    def __str__(self) -> str:
        return f"Point du {self.date:%d/%m/%Y}"
