"""Le suivi d'un parcours : les points, ce qu'est devenu chaque besoin, les notes internes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from maillage.accueillir.models.parcours import Parcours
from maillage.socle.modeles import ModeleSuivi, historise
from maillage.socle.mots import abreger


class Devenir(models.TextChoices):
    """Ce qu'est devenu un besoin à la fin du parcours ; rien n'en fait une note."""

    RESOLU = "resolu", "le besoin n’est plus là"
    AVANCE = "avance", "cela a avancé"
    INCHANGE = "inchange", "rien n’a changé"
    AGGRAVE = "aggrave", "le besoin pèse davantage"


@historise()
class PointDeSuivi(ModeleSuivi):
    """Une rencontre ou un échange de suivi, et le rendez-vous suivant."""

    parcours = models.ForeignKey(Parcours, on_delete=models.CASCADE, related_name="suivis")
    date = models.DateField("date", default=timezone.localdate)
    resume = models.TextField("ce qui s’est dit", max_length=4000, blank=True)
    note_interne = models.TextField("note interne au DLA", max_length=4000, blank=True)
    prochain_le = models.DateField("prochain point le", null=True, blank=True)

    interne: ClassVar[bool] = False

    class Meta:
        verbose_name = "point de suivi"
        verbose_name_plural = "points de suivi"
        ordering = ["-date", "-cree_le"]
        indexes = [models.Index(fields=["parcours", "-date"], name="suivi_parcours")]

    def __str__(self) -> str:
        return f"Point du {self.date:%d/%m/%Y}"


@historise()
class Evolution(ModeleSuivi):
    """Ce qu'est devenu un besoin du diagnostic, dit au bilan du parcours."""

    parcours = models.ForeignKey(Parcours, on_delete=models.CASCADE, related_name="evolutions")
    besoin = models.ForeignKey(
        "accueillir.Besoin", on_delete=models.CASCADE, related_name="evolutions"
    )
    constat = models.CharField(
        "ce qu’il est devenu", max_length=12, blank=True, choices=Devenir.choices
    )
    mots = models.TextField("en quelques mots", max_length=2000, blank=True)

    class Meta:
        verbose_name = "évolution d’un besoin"
        constraints = [
            models.UniqueConstraint(
                fields=["parcours", "besoin"],
                name="evolution_une_par_besoin",
                violation_error_message="Ce besoin a déjà son constat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.besoin} : {self.get_constat_display()}"


@historise()
class NoteDeParcours(ModeleSuivi):
    """Note interne au DLA (règle 9) : la structure ne la lit jamais."""

    interne: ClassVar[bool] = True

    parcours = models.ForeignKey(Parcours, on_delete=models.CASCADE, related_name="notes")
    texte = models.TextField("note", max_length=4000)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL
    )

    class Meta:
        verbose_name = "note"
        ordering = ["-cree_le"]

    def __str__(self) -> str:
        return abreger(self.texte)
