"""Un codage : qui a dit de quoi parle un besoin, quand, et d'après quoi."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from maillage.identifier import choix
from maillage.identifier.partage import Partage
from maillage.socle.modeles import ModeleSuivi, historise


class CodageQuerySet(models.QuerySet["Codage"]):
    """Vocabulaire des codages."""

    def dernier_de(self, personne: UUID, dla: Collection[UUID]) -> Codage | None:
        """Le dernier que cette personne a fait dans ces DLA et n'a pas annulé."""
        siens = self.filter(par=personne, annule_le=None, signal__operateur__in=dla)
        lisibles = siens.exclude(signal__partage=Partage.INTERNE)
        return lisibles.select_related("signal__besoin").order_by("-cree_le").first()


@historise()
class Codage(ModeleSuivi):
    """Une décision de codage ; ce qu'elle remplace y reste, pour l'annuler.

    `proposes` : les thèmes alors proposés, dans l'ordre ; `par` se vide si la personne s'efface.
    """

    signal = models.ForeignKey(
        "identifier.Signal", on_delete=models.CASCADE, related_name="codages"
    )
    themes = ArrayField(models.CharField(max_length=80, choices=choix.themes), default=list)
    source = models.CharField(max_length=80, blank=True, choices=choix.sources)
    themes_avant = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    source_avant = models.CharField(max_length=80, blank=True)
    proposes = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="codages"
    )
    annule_le = models.DateTimeField(null=True, editable=False)

    objects = CodageQuerySet.as_manager()

    class Meta:
        verbose_name = "codage"
        ordering = ["-cree_le"]
        indexes = [models.Index(fields=["par", "-cree_le"], name="codage_par")]

    def __str__(self) -> str:
        return ", ".join(self.themes)
