"""Le parcours d'accompagnement : ce que l'on décide de faire, qui le fait, où cela en est."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from maillage.accueillir import choix
from maillage.accueillir.visibilite import filtre_de_visibilite
from maillage.socle.modeles import ModeleSuivi, historise

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


PROPRE = "propre"
"""La sorte d'une action que la structure mène elle-même."""


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

    @classmethod
    def restants(cls) -> list[str]:
        """Ceux d'une action encore à mener."""
        return [cls.PREVUE, cls.ENGAGEE]


FORMES = {
    EtatParcours.EN_COURS: "en_cours",
    EtatParcours.CLOS: "fait",
    EtatParcours.INTERROMPU: "sans_objet",
}
FORMES_D_ACTION = {
    EtatAction.PREVUE: "a_faire",
    EtatAction.ENGAGEE: "en_cours",
    EtatAction.FAITE: "fait",
    EtatAction.ABANDONNEE: "sans_objet",
}


class ParcoursQuerySet(models.QuerySet["Parcours"]):
    """Vocabulaire des listes de parcours."""

    def visibles_par(self, utilisateur: Utilisateur) -> ParcoursQuerySet:
        return self.filter(filtre_de_visibilite(utilisateur))

    def en_cours(self) -> ParcoursQuerySet:
        return self.filter(etat=EtatParcours.EN_COURS)

    def bilans_a_faire(self) -> ParcoursQuerySet:
        """En cours, des actions décidées, plus aucune à mener : reste à dire ce qui a changé."""
        siennes = Action.objects.filter(parcours=OuterRef("pk"))
        return self.en_cours().filter(Exists(siennes), ~Exists(siennes.restantes()))


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

    montre_si: ClassVar[str] = ""

    objects = ParcoursQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        return reverse("accueillir:parcours", args=[self.pk])

    @property
    def forme(self) -> str:
        """La forme qui dessine son état."""
        return FORMES[EtatParcours(self.etat)]


class ActionQuerySet(models.QuerySet["Action"]):
    """Vocabulaire des listes d'actions."""

    def restantes(self) -> ActionQuerySet:
        return self.filter(etat__in=EtatAction.restants())

    def en_retard(self, jour: date) -> ActionQuerySet:
        """Encore à mener, échéance passée, dans un parcours que rien n'a arrêté."""
        return self.restantes().filter(echeance__lt=jour, parcours__etat=EtatParcours.EN_COURS)


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
    personne = models.ForeignKey(
        "annuaire.Personne",
        verbose_name="confiée à",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="actions_de_parcours",
    )
    responsable = models.CharField("ou, sans compte ici, qui la mène", max_length=200, blank=True)
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
    motif = models.TextField("pourquoi on l’abandonne", max_length=4000, blank=True)

    interne: ClassVar[bool] = False

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = [F("echeance").asc(nulls_last=True), "cree_le"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat=EtatAction.ABANDONNEE) | ~Q(motif=""),
                name="action_abandon_motive",
                violation_error_message="Dites pourquoi l’action est abandonnée.",
            ),
        ]
        indexes = [
            models.Index(fields=["parcours", "etat", "echeance"], name="action_parcours"),
            models.Index(fields=["parcours", "-faite_le"], name="action_faite"),
        ]

    def __str__(self) -> str:
        return self.intitule

    @property
    def restante(self) -> bool:
        return self.etat in EtatAction.restants()

    @property
    def menee_par(self) -> str:
        """Une personne connue, le nom écrit, ou la structure ; vide si personne n'est dit."""
        if self.personne:
            return str(self.personne)
        return self.responsable or ("la structure" if self.sorte == PROPRE else "")

    def en_retard(self, jour: date) -> bool:
        """La règle de `ActionQuerySet.en_retard`, dans un parcours en cours."""
        return self.restante and self.echeance is not None and self.echeance < jour

    def forme(self, jour: date) -> str:
        """Le retard prime sur l'état."""
        return "en_retard" if self.en_retard(jour) else FORMES_D_ACTION[EtatAction(self.etat)]
