"""Ce qu'un opérateur a convenu de faire dans l'année, avec ceux qui le financent."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from maillage.accueillir import choix
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.quantites import QuantiteField, contrainte_quantite


@historise()
class ObjectifConvenu(ModeleSuivi):
    """Un nombre à atteindre, par année et par nature ; sans financeur, il vaut pour tous.

    Les objectifs d'une même nature s'additionnent : chacun est la part qu'un financeur attend.
    """

    operateur = models.ForeignKey(
        "annuaire.Organisation", on_delete=models.PROTECT, related_name="objectifs_convenus"
    )
    annee = models.PositiveSmallIntegerField(
        "année", validators=[MinValueValidator(2002), MaxValueValidator(2100)]
    )
    nature = models.CharField("ce que l’on compte", max_length=40, choices=choix.natures_de_charge)
    nombre = QuantiteField("objectif", decimales=1)
    financeur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="convenu avec",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="objectifs_demandes",
    )
    precision = models.CharField(
        "en quelques mots",
        max_length=300,
        blank=True,
        help_text="Par exemple « dont dix en quartier prioritaire ».",
    )

    class Meta:
        verbose_name = "objectif convenu"
        verbose_name_plural = "objectifs convenus"
        ordering = ["-annee", "nature", "cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["operateur", "annee", "nature", "financeur"],
                name="objectif_convenu_unique",
                nulls_distinct=False,
                violation_error_message="Cet objectif est déjà écrit : modifiez-le.",
            ),
            contrainte_quantite("nombre", "objectif_convenu"),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} en {self.annee} : {self.nombre}"
