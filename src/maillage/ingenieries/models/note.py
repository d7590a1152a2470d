"""Notes de travail d'un dossier."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from maillage.ingenieries.models.element import ElementDeDossier
from maillage.socle.modeles import historise
from maillage.socle.mots import abreger


@historise()
class Note(ElementDeDossier):
    """Note interne au DLA : jamais exportée, jamais lue par un autre."""

    interne: ClassVar[bool] = True

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="notes"
    )
    texte = models.TextField("note", max_length=4000)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL
    )

    class Meta:
        ordering = ["-cree_le"]

    def __str__(self) -> str:
        return abreger(self.texte)
