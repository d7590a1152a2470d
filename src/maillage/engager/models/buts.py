"""Ce que la mission vise, et ce qu'on en évaluera."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.engager import choix
from maillage.engager.choix import Niveau
from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import historise
from maillage.socle.mots import abreger


@historise()
class Objectif(ElementDeDossier):
    """Un objectif partagé : celui de la méthode, nos mots à nous, ou les deux."""

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="objectifs"
    )
    niveau = models.CharField("niveau", max_length=12, choices=Niveau.choices)
    code = models.CharField(
        "objectif de la méthode", max_length=80, blank=True, choices=choix.objectifs
    )
    texte = models.TextField("dans nos mots", max_length=1000, blank=True)

    class Meta:
        verbose_name = "objectif"
        ordering = ["-niveau", "cree_le"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code="", texte=""),
                name="objectif_dit",
                violation_error_message="Choisissez un objectif de la méthode ou écrivez le vôtre.",
            ),
            models.UniqueConstraint(
                fields=["ingenierie", "code"],
                condition=~Q(code=""),
                name="objectif_une_fois",
                violation_error_message="Cet objectif est déjà retenu pour la mission.",
            ),
        ]

    def __str__(self) -> str:
        return self.texte or self.get_code_display()


@historise()
class ProjetDEvaluation(ElementDeDossier):
    """Ce que l'on évaluera, et pourquoi ; posé avant d'agir."""

    ingenierie = models.OneToOneField(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="projet_d_evaluation"
    )
    objet = models.TextField("ce que l’on évaluera", max_length=2000)
    raisons = models.TextField("pourquoi, et pour qui", max_length=2000, blank=True)

    class Meta:
        verbose_name = "projet d’évaluation"

    def __str__(self) -> str:
        return abreger(self.objet)
