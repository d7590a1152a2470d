"""La consultation des prestataires : l'appel, les offres, les notes, la décision."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from maillage.annuaire.models import Role
from maillage.annuaire.perimetre import perimetre_de
from maillage.confirmer import choix
from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.quantites import QuantiteField, contrainte_quantite

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class EtatConsultation(models.TextChoices):
    """Une consultation s'ouvre, se clôt, se décide ; une seule par mission."""

    PREPAREE = "preparee", "en préparation"
    OUVERTE = "ouverte", "ouverte"
    CLOSE = "close", "close"
    DECIDEE = "decidee", "décidée"


class DecisionDOffre(models.TextChoices):
    """Ce que le DLA a décidé d'une offre."""

    RETENUE = "retenue", "retenue"
    NON_RETENUE = "non_retenue", "non retenue"


@historise()
class Consultation(ElementDeDossier):
    """L'appel aux prestataires ; sans `limite_le`, il reste ouvert jusqu'à ce qu'on le close."""

    ingenierie = models.OneToOneField(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="consultation"
    )
    etat = models.CharField(
        "état",
        max_length=10,
        choices=EtatConsultation.choices,
        default=EtatConsultation.PREPAREE,
        editable=False,
    )
    limite_le = models.DateTimeField("offres attendues jusqu’au", null=True, blank=True)
    consigne = models.TextField("message aux prestataires", max_length=2000, blank=True)
    ouverte_le = models.DateTimeField("ouverte le", null=True, editable=False)
    close_le = models.DateTimeField("close le", null=True, editable=False)
    decidee_le = models.DateTimeField("décidée le", null=True, editable=False)
    decision_motif = models.TextField("motif de la décision", max_length=4000, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["limite_le"], condition=Q(etat="ouverte"), name="consultation_ouvertes"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat=EtatConsultation.DECIDEE) | ~Q(decision_motif=""),
                name="consultation_decision_motivee",
                violation_error_message="Dites ce qui a fait pencher la décision.",
            ),
        ]

    def __str__(self) -> str:
        return "consultation"

    def recoit_des_offres(self, maintenant: datetime) -> bool:
        """Vrai tant qu'un prestataire peut déposer ou reprendre son offre."""
        a_temps = self.limite_le is None or maintenant < self.limite_le
        return self.etat == EtatConsultation.OUVERTE and a_temps


class OffreQuerySet(models.QuerySet["Offre"]):
    """Vocabulaire des listes d'offres."""

    def visibles_par(self, utilisateur: Utilisateur) -> OffreQuerySet:
        """Celles des organisations où cette personne est prestataire, une fois l'appel ouvert."""
        exercices = perimetre_de(utilisateur).tenus({Role.PRESTATAIRE})
        return self.filter(
            prestataire__in=[e.organisation for e in exercices],
            ingenierie__cahier_des_charges__etat="emis",
            ingenierie__consultation__etat__in=[
                EtatConsultation.OUVERTE,
                EtatConsultation.CLOSE,
                EtatConsultation.DECIDEE,
            ],
        )

    def deposees(self) -> OffreQuerySet:
        return self.filter(deposee_le__isnull=False)

    def retenues(self) -> OffreQuerySet:
        return self.filter(decision=DecisionDOffre.RETENUE)


@historise()
class Offre(ElementDeDossier):
    """Un prestataire consulté et ce qu'il propose ; son contenu ne sort pas du DLA.

    `deposee_le` reste vide tant qu'il n'a rien envoyé ; `deposee_par` est vide quand l'agent a
    saisi une offre reçue autrement.
    """

    interne: ClassVar[bool] = True

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="offres"
    )
    prestataire = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="prestataire",
        on_delete=models.PROTECT,
        related_name="offres",
    )
    consulte_le = models.DateField("consulté le", null=True, blank=True)
    deposee_le = models.DateTimeField("offre reçue le", null=True, blank=True)
    deposee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decline = models.BooleanField("a fait savoir qu’il ne répondra pas", default=False)
    montant = QuantiteField("montant", unite="€")
    jours = QuantiteField("jours", unite="jour")
    proposition = models.TextField("ce qu’il propose", max_length=12000, blank=True)
    decision = models.CharField(
        "décision", max_length=12, choices=DecisionDOffre.choices, blank=True
    )
    motif = models.TextField("motif", max_length=2000, blank=True)
    informe_le = models.DateField("informé le", null=True, blank=True)

    objects = OffreQuerySet.as_manager()

    class Meta:
        ordering = ["prestataire__nom_normalise", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ingenierie", "prestataire"],
                name="offre_unique",
                violation_error_message="Ce prestataire est déjà consulté.",
            ),
            models.CheckConstraint(
                condition=Q(decline=False) | Q(deposee_le__isnull=True),
                name="offre_deposee_ou_declinee",
                violation_error_message="Une offre reçue ne peut pas être aussi déclinée.",
            ),
            contrainte_quantite("montant", "offre"),
            contrainte_quantite("jours", "offre"),
        ]

    def __str__(self) -> str:
        return self.prestataire.nom


@historise()
class NoteDOffre(ModeleSuivi):
    """La note d'une personne sur un critère ; signée, jamais fondue dans une moyenne."""

    offre = models.ForeignKey(Offre, on_delete=models.CASCADE, related_name="notes")
    critere = models.CharField("critère", max_length=60, choices=choix.criteres)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes_offres"
    )
    valeur = models.PositiveSmallIntegerField(
        "note", validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    remarque = models.CharField("remarque", max_length=500, blank=True)

    class Meta:
        verbose_name = "note d’offre"
        ordering = ["critere", "cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["offre", "critere", "auteur"], name="note_offre_unique"
            ),
            models.CheckConstraint(
                condition=Q(valeur__gte=1, valeur__lte=5),
                name="note_offre_de_un_a_cinq",
                violation_error_message="Une note va de 1 à 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_critere_display()} : {self.valeur}"
