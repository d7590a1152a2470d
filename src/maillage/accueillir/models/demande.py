"""Une demande d'accompagnement : qui frappe à la porte, ce qui est dit, ce que le DLA répond."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from maillage.accueillir import choix
from maillage.accueillir.visibilite import filtre_de_visibilite
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.recherche import contient

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


class EtatDemande(models.TextChoices):
    """Ce que devient une demande."""

    A_ETUDIER = "a_etudier", "à étudier"
    ACCUEILLIE = "accueillie", "accueillie"
    REORIENTEE = "reorientee", "réorientée"
    SANS_SUITE = "sans_suite", "sans suite"


FORMES = {EtatDemande.A_ETUDIER: "a_faire", EtatDemande.ACCUEILLIE: "fait"}


class Constat(models.TextChoices):
    """Ce que l'on sait d'un point d'éligibilité ; l'inconnu n'est pas un refus."""

    A_VERIFIER = "a_verifier", "à vérifier"
    OUI = "oui", "oui"
    NON = "non", "non"


class DemandeQuerySet(models.QuerySet["Demande"]):
    """Vocabulaire des listes de demandes."""

    def visibles_par(self, utilisateur: Utilisateur) -> DemandeQuerySet:
        return self.filter(filtre_de_visibilite(utilisateur))

    def cherche(self, texte: str) -> DemandeQuerySet:
        """Chaque mot dans le nom ou le sigle de la structure."""
        return self.filter(contient("structure__nom_normalise", texte))

    def pour_liste(self) -> DemandeQuerySet:
        return self.select_related("structure__commune", "operateur", "charge")


@historise()
class Demande(ModeleSuivi):
    """Une structure s'adresse au DLA ; `paroles` garde ses mots."""

    montre_si: ClassVar[str] = ""

    structure = models.ForeignKey(
        "annuaire.Organisation", on_delete=models.PROTECT, related_name="demandes"
    )
    operateur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="accueillie par",
        on_delete=models.PROTECT,
        related_name="demandes_recues",
    )
    charge = models.ForeignKey(
        "annuaire.Personne",
        verbose_name="chargé·e d’accompagnement",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="demandes_suivies",
    )
    recue_le = models.DateField("reçue le", default=timezone.localdate)
    contact = models.ForeignKey(
        "annuaire.Personne",
        verbose_name="personne qui demande",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="demandes",
    )
    demandeur = models.CharField("qui demande", max_length=200, blank=True)
    canal = models.CharField(
        "comment elle est venue", max_length=40, blank=True, choices=choix.canaux
    )
    orientee_par = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="orientée par",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="demandes_orientees",
    )
    paroles = models.TextField("ce qu’elle dit, dans ses mots", max_length=8000, blank=True)
    etat = models.CharField(
        "état", max_length=12, choices=EtatDemande.choices, default=EtatDemande.A_ETUDIER
    )
    repondue_le = models.DateField("réponse donnée le", null=True, blank=True)
    motif = models.TextField("raison de la réponse", max_length=4000, blank=True)
    reorientee_vers = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="réorientée vers",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="demandes_recommandees",
    )
    orientation = models.TextField("vers qui, pour quoi", max_length=4000, blank=True)

    objects = DemandeQuerySet.as_manager()

    class Meta:
        verbose_name = "demande"
        ordering = ["-recue_le", "-cree_le"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat__in=[EtatDemande.REORIENTEE, EtatDemande.SANS_SUITE])
                | ~Q(motif=""),
                name="demande_refus_motive",
                violation_error_message="Dites la raison : la structure a droit à une réponse.",
            ),
        ]
        indexes = [
            models.Index(fields=["operateur", "etat", "-recue_le"], name="demande_operateur"),
            models.Index(fields=["structure", "-recue_le"], name="demande_structure"),
        ]

    def __str__(self) -> str:
        return f"Demande de {self.structure}"

    def get_absolute_url(self) -> str:
        return reverse("accueillir:demande", args=[self.pk])

    @property
    def forme(self) -> str:
        """La forme de son badge."""
        return FORMES.get(EtatDemande(self.etat), "sans_objet")

    @property
    def qui(self) -> str:
        """La personne qui demande : connue, ou nommée d'un mot ; vide si l'on ne sait pas."""
        return str(self.contact) if self.contact else self.demandeur


@historise()
class PointDEligibilite(ModeleSuivi):
    """Un des points que l'on regarde, et ce que l'on en sait."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="points")
    point = models.CharField("point", max_length=40, choices=choix.points_d_eligibilite)
    constat = models.CharField(
        "constat", max_length=12, choices=Constat.choices, default=Constat.A_VERIFIER
    )
    precision = models.CharField("ce qui le montre", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["demande", "point"],
                name="eligibilite_un_constat_par_point",
                violation_error_message="Ce point a déjà un constat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_point_display()} : {self.get_constat_display()}"
