"""Ce à quoi une action d'un parcours a mené : une mission, ou un besoin partagé."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.socle.modeles import ModeleSuivi, historise


@historise()
class SuiteDAction(ModeleSuivi):
    """Le lien entre une action et la mission, ou la problématique, qui la reprend."""

    action = models.ForeignKey("accueillir.Action", on_delete=models.CASCADE, related_name="suites")
    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie",
        verbose_name="mission",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="provenances",
    )
    problematique = models.ForeignKey(
        "identifier.Problematique",
        verbose_name="besoin partagé",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="provenances",
    )

    class Meta:
        verbose_name = "suite d’une action"
        ordering = ["cree_le"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ingenierie__isnull=True) ^ Q(problematique__isnull=True),
                name="suite_mission_ou_besoin",
                violation_error_message="Choisissez une mission ou un besoin partagé.",
            ),
            models.UniqueConstraint(
                fields=["action", "ingenierie", "problematique"],
                name="suite_unique",
                nulls_distinct=False,
                violation_error_message="Cette action y est déjà rattachée.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.ingenierie or self.problematique)
