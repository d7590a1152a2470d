"""Une orientation : vers qui l'on adresse une structure, pourquoi, et si on le lui a dit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.socle.modeles import ModeleSuivi, historise


@historise()
class Orientation(ModeleSuivi):
    """La réponse à un besoin partagé quand elle est ailleurs qu'au DLA.

    `vers` est dans l'annuaire, ou `vers_libelle` dit qui c'est ; `rendue_le`, le jour où la
    structure l'a su, vide tant que ce n'est pas fait.
    """

    problematique = models.ForeignKey(
        "identifier.Problematique", on_delete=models.CASCADE, related_name="orientations"
    )
    structure = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="structure orientée",
        on_delete=models.PROTECT,
        related_name="orientations",
    )
    vers = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="vers qui",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="orientations_recues",
    )
    vers_libelle = models.CharField("ou, hors de l’annuaire", max_length=200, blank=True)
    pourquoi = models.TextField("pourquoi", max_length=2000)
    rendue_le = models.DateField("dite à la structure le", null=True, blank=True)

    class Meta:
        verbose_name = "orientation"
        ordering = ["-cree_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(vers__isnull=False) | ~Q(vers_libelle=""),
                name="orientation_vers_quelqu_un",
                violation_error_message="Dites vers qui : une organisation, ou son nom.",
            ),
            models.CheckConstraint(
                condition=~Q(pourquoi=""),
                name="orientation_motivee",
                violation_error_message="Dites pourquoi : la structure voudra le savoir.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.structure} vers {self.destination}"

    @property
    def destination(self) -> str:
        return str(self.vers) if self.vers else self.vers_libelle
