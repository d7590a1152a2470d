"""Les groupes : qui travaille avec qui."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from maillage.confirmer import choix
from maillage.confirmer.models.mobilisation import Participation
from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.quantites import QuantiteField, contrainte_quantite


@historise()
class Groupe(ElementDeDossier):
    """Un groupe de structures ; `facteurs` : ce qui fait son profil (S3, fiche 3/4).

    Son profil reste au DLA : le risque de concurrence en est un facteur.
    """

    interne: ClassVar[bool] = True

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="groupes"
    )
    nom = models.CharField("nom du groupe", max_length=120)
    theme = models.CharField("thème de travail", max_length=200, blank=True)
    facteurs = ArrayField(
        models.CharField(max_length=60, choices=choix.facteurs),
        verbose_name="ce qui fait son profil",
        default=list,
        blank=True,
    )
    profil = models.TextField("profil, en mots", max_length=4000, blank=True)
    places = QuantiteField("personnes prévues", decimales=0)
    effectif = QuantiteField("structures, sans les nommer", decimales=0)
    participations = models.ManyToManyField(
        Participation,
        verbose_name="structures",
        through="AppartenanceAuGroupe",
        blank=True,
        related_name="groupes",
    )

    class Meta:
        ordering = ["cree_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ingenierie", "nom"],
                name="groupe_nom_unique",
                violation_error_message="Un groupe de cette mission porte déjà ce nom.",
            ),
            contrainte_quantite("places", "groupe"),
            contrainte_quantite("effectif", "groupe"),
        ]

    def __str__(self) -> str:
        return self.nom


@historise()
class AppartenanceAuGroupe(ModeleSuivi):
    """Une structure dans un groupe ; elle peut en rejoindre plusieurs."""

    groupe = models.ForeignKey(Groupe, on_delete=models.CASCADE, related_name="appartenances")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="appartenances"
    )

    class Meta:
        verbose_name = "appartenance au groupe"
        ordering = ["cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["groupe", "participation"], name="appartenance_au_groupe_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participation} dans {self.groupe}"
