"""Le projet d'intervention et le cahier des charges qui en découle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from maillage.confirmer import choix
from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import historise
from maillage.socle.quantites import QuantiteField, contrainte_quantite


def _codes(libelle: str, liste: Callable[[], Any]) -> ArrayField:
    return ArrayField(
        models.CharField(max_length=60, choices=liste),
        verbose_name=libelle,
        default=list,
        blank=True,
    )


@historise()
class ProjetDIntervention(ElementDeDossier):
    """Ce qui a été convenu avant de consulter (S3, fiche 3/4)."""

    ingenierie = models.OneToOneField(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="projet_intervention"
    )
    type_ingenierie = models.CharField(
        "type d’ingénierie", max_length=60, blank=True, choices=choix.types_ingenierie
    )
    solution = models.CharField(
        "solution produite", max_length=60, blank=True, choices=choix.solutions
    )
    formes = _codes("formes de travail", choix.formes)
    prestations = _codes("types de prestation", choix.prestations)
    objectifs_collectifs = models.TextField("objectifs du groupe", max_length=4000, blank=True)
    objectifs_individuels = models.TextField(
        "objectifs de chaque structure", max_length=4000, blank=True
    )
    adaptation = models.TextField(
        "remarques des structures prises en compte", max_length=4000, blank=True
    )
    resultats_qualitatifs = models.TextField(
        "résultats attendus, en mots", max_length=4000, blank=True
    )
    resultats_quantitatifs = models.TextField(
        "résultats attendus, en chiffres", max_length=4000, blank=True
    )
    contenus = models.TextField("contenus abordés", max_length=4000, blank=True)
    jours = QuantiteField("jours d’intervention", unite="jour")
    duree = QuantiteField("durée", unite="mois")
    rythme = models.CharField("rythme", max_length=200, blank=True)
    lieu = models.CharField("lieu", max_length=200, blank=True)
    logistique = models.CharField("besoins sur place", max_length=300, blank=True)
    calendrier = models.TextField("calendrier", max_length=2000, blank=True)
    prestataires = QuantiteField("prestataires", decimales=0)
    systeme_intervenant = models.TextField("qui intervient", max_length=4000, blank=True)
    temps_du_dla = models.TextField("à quels moments le DLA est là", max_length=2000, blank=True)
    registres = _codes("registres d’évaluation retenus", choix.registres)
    indicateurs = models.TextField(
        "outils et indicateurs d’évaluation", max_length=4000, blank=True
    )
    participation_evaluation = models.TextField(
        "qui prend part à l’évaluation", max_length=2000, blank=True
    )

    class Meta:
        verbose_name = "projet d’intervention"
        constraints = [
            contrainte_quantite("jours", "projet_intervention"),
            contrainte_quantite("duree", "projet_intervention"),
            contrainte_quantite("prestataires", "projet_intervention"),
        ]

    def __str__(self) -> str:
        return "projet d’intervention"


class EtatCahier(models.TextChoices):
    """Un cahier émis est celui que lisent les prestataires : il ne change plus sans le dire."""

    BROUILLON = "brouillon", "en brouillon"
    EMIS = "emis", "émis"


@historise()
class CahierDesCharges(ElementDeDossier):
    """Ce que l'on demande au prestataire, dans nos mots (S3, fiche 3/4).

    Une rubrique laissée vide se lit dans le dossier. `contenu` est le `ContexteDuCahier` figé à la
    dernière émission, le seul que lisent les prestataires ; `edition` compte les émissions.
    """

    ingenierie = models.OneToOneField(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="cahier_des_charges"
    )
    demarche = models.TextField("la démarche d’ensemble", max_length=6000, blank=True)
    objectifs = models.TextField("les objectifs de la mission", max_length=6000, blank=True)
    resultats = models.TextField(
        "l’objet de l’intervention et ses résultats", max_length=6000, blank=True
    )
    conditions = models.TextField("les conditions à respecter", max_length=6000, blank=True)
    role_evaluation = models.TextField(
        "la part du prestataire dans l’évaluation", max_length=4000, blank=True
    )
    delai = models.CharField("délai d’exécution", max_length=200, blank=True)
    plafond = QuantiteField("budget plafond", unite="€")
    etat = models.CharField(
        "état",
        max_length=10,
        choices=EtatCahier.choices,
        default=EtatCahier.BROUILLON,
        editable=False,
    )
    emis_le = models.DateField("émis le", null=True, blank=True, editable=False)
    edition = models.PositiveSmallIntegerField("édition", default=0, editable=False)
    contenu = models.JSONField("contenu émis", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "cahier des charges"
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat=EtatCahier.EMIS) | Q(contenu__isnull=False),
                name="cahier_emis_fige",
                violation_error_message="Un cahier émis garde ce que lisent les prestataires.",
            ),
            contrainte_quantite("plafond", "cahier_des_charges"),
        ]

    def __str__(self) -> str:
        return "cahier des charges"
