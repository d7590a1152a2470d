"""Ce que l'étape range dans le dossier : à qui l'on s'adresse, et la place que prend le DLA."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from maillage import methode
from maillage.identifier import choix
from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import historise


@historise()
class Ciblage(ElementDeDossier):
    """Ce que l'on retient pour un sous-item des cinq critères ; rien de retenu, pas de ligne."""

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="ciblages"
    )
    sous_item = models.CharField("sous-item", max_length=80, choices=choix.sous_items)
    retenu = models.TextField("ce que l’on retient", max_length=2000)

    class Meta:
        verbose_name = "critère de ciblage"
        constraints = [
            models.UniqueConstraint(fields=["ingenierie", "sous_item"], name="ciblage_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.get_sous_item_display()} : {self.retenu}"


_POSITION = [MinValueValidator(1), MaxValueValidator(5)]


@historise()
class RoleDuDLA(ElementDeDossier):
    """La place du DLA dans cette mission ; strictement interne (règle 9 du métier).

    Les deux axes vont de 1 à 5, du premier au second pôle que donne la méthode.
    """

    interne: ClassVar[bool] = True

    ingenierie = models.OneToOneField(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="role_du_dla"
    )
    posture = models.CharField("posture", max_length=80, blank=True, choices=choix.postures)
    pouvoirs_publics = models.PositiveSmallIntegerField(
        "pouvoirs publics", null=True, blank=True, validators=_POSITION
    )
    projet = models.PositiveSmallIntegerField(
        "projet des acteurs", null=True, blank=True, validators=_POSITION
    )
    legitimite = models.TextField("à quel titre le DLA agit", max_length=2000, blank=True)
    demarche_proposee = models.TextField("démarche proposée", max_length=4000, blank=True)
    coherence = models.TextField("cohérence de la démarche", max_length=4000, blank=True)
    risque_garde = models.TextField("risque à garder à l’œil", max_length=2000, blank=True)

    class Meta:
        verbose_name = "rôle du DLA"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{f"{axe}__isnull": True})
                | models.Q(**{f"{axe}__range": (1, 5)}),
                name=f"role_{axe}_de_1_a_5",
                violation_error_message="Placez-vous entre 1 et 5, ou laissez vide.",
            )
            for axe in ("pouvoirs_publics", "projet")
        ]

    def __str__(self) -> str:
        return self.get_posture_display() if self.posture else "posture à choisir"

    @property
    def risque_publie(self) -> str:
        """Le risque que la source attache à la posture ; vide si elle n'en donne pas."""
        connues = {p.code: p for p in methode.postures().postures}
        posture = connues.get(self.posture)
        return (posture.risque or "") if posture else ""
